/** Location reports: encrypted, decrypted, and the decryption itself. */
@NullMarked
package org.trackerreports.findmy.report;

import org.jspecify.annotations.NullMarked;
