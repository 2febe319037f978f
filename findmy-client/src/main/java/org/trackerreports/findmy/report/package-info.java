/** Location reports: their encrypted form, how they are decrypted, and what they say. */
package org.trackerreports.findmy.report;
