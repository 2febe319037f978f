/** Names the populated place nearest to a position, without asking anybody: the places are in this library. */
package org.trackerreports.store.city;
