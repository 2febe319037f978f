package org.trackerreports.findmy.keyfile;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What a reader needs in addition to the file.
 *
 * @param zone the time zone of dates without an offset
 * @param beaconStoreKey the key for records that macOS encrypted
 * @param lock opens zips that are locked with a code
 */
record ReadOptions(ZoneId zone, Optional<BeaconStoreKey> beaconStoreKey, Optional<ZipLock> lock) {}
