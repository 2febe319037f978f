package org.trackerreports.tools.fetch;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.account.AccountCondition.CoolingDown;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountCondition.Waiting;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.account.SignedInAccount;
import org.trackerreports.core.diagnosis.AccountNeed;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.time.Times;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchOutcome.Kind;
import org.trackerreports.tools.command.AdvisedCommand;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

/** An account in the database, whose budget all instances share. */
record StoredAccount(String alias, AccountRequests requests, AccountStates states, Clock clock)
        implements RequestAccount {

    /** Why no account can ask, and what to do. */
    static CommandFailure cannotAsk(List<AccountNeed> needs) {
        return new CommandFailure(
                ExitCode.LOGIN_NEEDED,
                needs.isEmpty()
                        ? "There is no account. Add one: findmy tools login --account main"
                        : "No account can be used: "
                                + needs.stream().map(AccountNeed::sentence).collect(Collectors.joining("; "))
                                + ".\nNext step: "
                                + AdvisedCommand.of(needs.get(0).advice()));
    }

    @Override
    public String title() {
        return "Account " + alias;
    }

    @Override
    public FetchOutcome ask(FetchRequest request) throws CommandFailure {
        AccountCondition condition = states.condition(alias);
        return switch (condition.kind()) {
            case USABLE -> askUsable(((Usable) condition).account(), request);
            case COOLING_DOWN ->
                new HeldBack(title() + " cools down", Times.until(((CoolingDown) condition).until(), clock.instant()));
            case WAITING -> throw cannotAsk(List.of(AccountNeed.of(alias, (Waiting) condition)));
            case GONE -> throw cannotAsk(List.of());
        };
    }

    private FetchOutcome askUsable(SignedInAccount account, FetchRequest request) throws CommandFailure {
        FetchOutcome outcome = requests.ask(account, true, request);
        if (outcome.kind() == Kind.SIGN_IN_NEEDED && !outcome.waitingHelps()) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    "Account " + alias + " could not be signed in again (" + outcome.message()
                            + "): findmy tools login --account " + Shell.word(alias));
        }
        return outcome;
    }
}
