package org.trackerreports.findmy.keyfile;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What a reader needs to know besides the file.
 *
 * @param zone of dates that are written without an offset
 * @param beaconStoreKey for records that macOS has encrypted
 */
record ReadOptions(ZoneId zone, Optional<BeaconStoreKey> beaconStoreKey) {}
