package org.trackerreports.fetcher.setup;

import jakarta.inject.Inject;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.RouteHandler;

/** Who answers what. */
record SetupHandlers(
        SetupState state,
        SetupProgress progress,
        SignInRoutes signIns,
        AccountRoutes accounts,
        ImportRoute imports,
        TrackerRoutes trackers,
        SinkRoutes sinks) {

    @Inject
    SetupHandlers {}

    RouteHandler of(SetupPath path) {
        return switch (path) {
            case STATE -> request -> Answer.json(state.now());
            case PROGRESS -> progress::answer;
            case BEGIN_SIGN_IN -> signIns::begin;
            case SEND_CODE -> signIns::sendCode;
            case ENTER_CODE -> signIns::enterCode;
            case FORGET_SIGN_IN -> signIns::forget;
            case CHANGE_ACCOUNT -> accounts::change;
            case REMOVE_ACCOUNT -> accounts::remove;
            case IMPORT -> imports::answer;
            case EXPLAIN -> trackers::explain;
            case RETRY -> trackers::retry;
            case REMOVAL -> trackers::removal;
            case REMOVE -> trackers::remove;
            case SINKS -> sinks::list;
            case CHANGE_SINK -> sinks::change;
            case TEST_SINK -> sinks::test;
            case RETRY_SINK -> sinks::retry;
        };
    }
}
