/**
 * Not part of the library's face: public only because Java has no visibility between packages. Anything here may change with
 * any version.
 */
package org.trackerreports.findmy.internal;
