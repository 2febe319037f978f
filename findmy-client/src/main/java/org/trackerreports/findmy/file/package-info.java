/** Files that hold secrets: sessions, key files, provisioned machines. */
@NullMarked
package org.trackerreports.findmy.file;

import org.jspecify.annotations.NullMarked;
