/** The database and the configuration. */
package org.trackerreports.tools.maintenance;
