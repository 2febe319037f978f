package org.trackerreports.simulator;

import java.time.Clock;

/** State that the simulated services of Apple share. */
record Backend(Accounts accounts, ClientChecks checks, SecretSource secrets, Clock clock) {}
