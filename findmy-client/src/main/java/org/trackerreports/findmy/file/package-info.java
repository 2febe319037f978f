/** Files that hold secrets: sessions, key files, provisioned machines. */
package org.trackerreports.findmy.file;
