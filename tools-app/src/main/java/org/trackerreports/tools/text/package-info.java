/** How results look: tables for people, JSON for scripts. */
package org.trackerreports.tools.text;
