package org.trackerreports.store.history;

import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** A zone that Java knows and no server does, as after a change of names in one of the two. */
final class NamelessZones extends ZoneRulesProvider {

    static final String ID = "Nowhere/Twelve";
    private static boolean registered;

    private NamelessZones() {}

    static synchronized void register() {
        if (!registered) {
            registerProvider(new NamelessZones());
            registered = true;
        }
    }

    @Override
    protected Set<String> provideZoneIds() {
        return Set.of(ID);
    }

    @Override
    protected ZoneRules provideRules(String zone, boolean forCaching) {
        if (!zone.equals(ID)) {
            throw new ZoneRulesException("there is no zone " + zone);
        }
        return ZoneRules.of(ZoneOffset.ofHours(12));
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
        NavigableMap<String, ZoneRules> versions = new TreeMap<>();
        versions.put("1", provideRules(zone, false));
        return versions;
    }
}
