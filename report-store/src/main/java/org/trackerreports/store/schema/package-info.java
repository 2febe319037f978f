/** What a database was built with. */
package org.trackerreports.store.schema;
