package org.trackerreports.server.internal.api;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.server.internal.access.AccessCheck;
import org.trackerreports.server.internal.http.StaticFiles;
import org.trackerreports.server.internal.map.FleetPositions;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;

/** All routes of the API but the live events. */
public final class ApiRoutes {

    private ApiRoutes() {}

    /**
     * The routes.
     *
     * @param fleet for the map
     * @param setup whether the hosting program has added routes for setting up
     */
    public static List<Route> of(
            ReportStore store,
            FleetPositions fleet,
            Clock clock,
            AccessCheck access,
            StaticFiles files,
            ServerSettings settings,
            ServerListener listener,
            boolean setup) {
        Api api = new Api(store, clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SessionRoutes(api, access, settings, listener, setup).routes());
        routes.addAll(new TrackerRoutes(api).routes());
        routes.addAll(new ReportRoutes(api, listener).routes());
        routes.addAll(new MovementRoutes(api).routes());
        routes.addAll(new TransitionRoutes(api).routes());
        routes.addAll(new PositionRoutes(api, fleet).routes());
        routes.addAll(new PlaceRoutes(api).routes());
        routes.addAll(new ShareRoutes(api, files).routes());
        routes.addAll(new DocumentRoutes().routes());
        settings.basemap().ifPresent(file -> routes.addAll(new BasemapRoute(file).routes()));
        return List.copyOf(routes);
    }
}
