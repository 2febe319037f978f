/** How the client reaches the services: their addresses, limits of a call, and whom it trusts. */
package org.trackerreports.findmy.http;
