/** Every command of the command line as a process of its own, from the packaged jar, on real servers and the simulated services. */
package org.trackerreports.systemtests.tools;
