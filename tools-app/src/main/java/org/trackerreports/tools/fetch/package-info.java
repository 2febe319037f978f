/** Asking the service now. */
package org.trackerreports.tools.fetch;
