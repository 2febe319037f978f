/** Several daemons in processes of their own on shared servers, while everything that can go wrong does. */
package org.trackerreports.systemtests.resilience;
