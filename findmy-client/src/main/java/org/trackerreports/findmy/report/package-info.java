/** Location reports: their encrypted form, how they are decrypted, and what they say. */
@NullMarked
package org.trackerreports.findmy.report;

import org.jspecify.annotations.NullMarked;
