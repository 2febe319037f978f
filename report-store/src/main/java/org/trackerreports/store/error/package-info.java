/** What can go wrong when the database is asked. */
package org.trackerreports.store.error;
