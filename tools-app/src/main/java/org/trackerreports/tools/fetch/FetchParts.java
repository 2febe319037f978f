package org.trackerreports.tools.fetch;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import org.trackerreports.core.account.SignIns;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.core.pipeline.ReportWriter;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.account.FileBudgets;

/** What the commands that ask the service work with. Providers, because a session file needs neither database nor Redis. */
record FetchParts(
        Provider<Configuration> configuration,
        Provider<ReportStore> store,
        Provider<StoredAccounts> accounts,
        Provider<AccountLogin> login,
        Provider<FileBudgets> budgets,
        Provider<SignIns> signIns,
        Provider<ReportService> service,
        Provider<RequestPlanner> planner,
        Provider<ReportDecoder> decoder,
        Provider<ReportWriter> writer,
        Clock clock) {

    @Inject
    FetchParts {}
}
