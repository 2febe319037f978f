/**
 * The simulated world: tags with their keys, the routes they take, the finders that see them, and the encrypted reports
 * that result. It knows nothing of HTTP or accounts.
 *
 * <p>Everything follows from a seed: the same seed, tags and times give the same sightings and byte for byte the same
 * payloads, independent of how often and in which order they are requested.
 */
@NullMarked
package org.trackerreports.simulator.world;

import org.jspecify.annotations.NullMarked;
