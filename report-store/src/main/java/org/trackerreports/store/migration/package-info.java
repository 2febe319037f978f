/** Makes and changes the tables of the store. */
package org.trackerreports.store.migration;
