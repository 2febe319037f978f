/** Every command of the packaged command line, in a separate process, on real servers and the simulated services. */
package org.trackerreports.systemtests.tools;
