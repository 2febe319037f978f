/** Removes what a retention policy no longer keeps. */
package org.trackerreports.store.retention;
