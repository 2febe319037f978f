/** Connections, transactions and the translation of failures. */
package org.trackerreports.store.sql;
