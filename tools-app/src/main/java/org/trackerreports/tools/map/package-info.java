/** Histories as a page with a map, in one file that needs no network. */
package org.trackerreports.tools.map;
