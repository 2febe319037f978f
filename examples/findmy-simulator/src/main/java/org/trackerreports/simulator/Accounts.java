package org.trackerreports.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The accounts that the simulator knows. Safe for use by many threads; changes take effect with the next request. */
public final class Accounts {
    private final Map<String, Account> byAppleId = new ConcurrentHashMap<>();
    private final Map<String, Account> byDsid = new ConcurrentHashMap<>();
    private final SecretSource secrets;
    private final Clock clock;

    Accounts(SecretSource secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Adds an account.
     *
     * @throws IllegalArgumentException if there is one with this Apple ID
     */
    public void add(SimulatedAccount account) {
        Account state = new Account(account, secrets);
        if (byAppleId.putIfAbsent(normalized(account.appleId()), state) != null) {
            throw new IllegalArgumentException("There is already an account with this Apple ID.");
        }
        byDsid.put(state.dsid(), state);
    }

    /** How the accounts are set up now. */
    public List<SimulatedAccount> all() {
        return byAppleId.values().stream().map(Account::setup).toList();
    }

    /**
     * Changes an account: password, condition, second factor, phone numbers. Trust and sessions stay as they are.
     *
     * @throws NoSuchElementException if there is no such account
     * @throws IllegalArgumentException if the change is to the Apple ID
     */
    public void change(String appleId, UnaryOperator<SimulatedAccount> change) {
        Account account = require(appleId);
        SimulatedAccount changed = change.apply(account.setup());
        if (!normalized(changed.appleId()).equals(normalized(appleId))) {
            throw new IllegalArgumentException("The Apple ID of an account cannot be changed.");
        }
        account.change(changed);
    }

    /** The second-factor code that was sent last, if one is waiting to be entered. */
    public Optional<String> lastCode(String appleId) {
        return require(appleId).lastCode().map(Account.Code::digits);
    }

    /** Makes the account ask for a second factor again on every machine. */
    public void forgetTrust(String appleId) {
        require(appleId).forgetTrust();
    }

    /** Ends all sessions of an account: its search-party tokens are answered with 401 from now on. */
    public void expireSessions(String appleId) {
        require(appleId).expireSessions();
    }

    /** Ends the sign-ins of an account that wait for a code: whoever enters one is answered with 401 from now on. */
    public void endSignIns(String appleId) {
        require(appleId).endSignIns();
    }

    /** Directory-services id of an account: the user name at the report gateway. */
    public String dsid(String appleId) {
        return require(appleId).dsid();
    }

    /**
     * Makes a session without a login, for tests that are not about logging in.
     *
     * @return the search-party token
     */
    public String openSession(String appleId, Duration lifetime) {
        return openSession(require(appleId), lifetime);
    }

    String openSession(Account account, Duration lifetime) {
        String token = secrets.freshBase64("search-party token", 48);
        account.addSearchPartyToken(token, clock.instant().plus(lifetime));
        return token;
    }

    Optional<Account> find(String appleId) {
        return Optional.ofNullable(byAppleId.get(normalized(appleId)));
    }

    Optional<Account> findByDsid(String dsid) {
        return Optional.ofNullable(byDsid.get(dsid));
    }

    Optional<Account> findByAdsid(String adsid) {
        return byAppleId.values().stream().filter(a -> a.adsid().equals(adsid)).findFirst();
    }

    static String normalized(String appleId) {
        return appleId.strip().toLowerCase(Locale.ROOT);
    }

    private Account require(String appleId) {
        return find(appleId).orElseThrow(() -> new NoSuchElementException("There is no account with this Apple ID."));
    }
}
