package org.trackerreports.simulator;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of one account. All methods hold the account's lock. */
final class Account {
    static final Duration PET_LIFETIME = Duration.ofSeconds(300);
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);
    private static final int CODES_TRIED = 5;

    private final String dsid;
    private final String adsid;
    private final byte[] salt;
    private final Set<MachineIdentity> trusted = new HashSet<>();
    private final Map<String, Instant> pets = new HashMap<>();
    private final Map<String, MachineIdentity> identityTokens = new HashMap<>();
    private final Map<String, Instant> searchPartyTokens = new HashMap<>();
    private SimulatedAccount setup;
    private @Nullable BigInteger verifier;
    private @Nullable Code code;
    private int wrongCodes;

    Account(SimulatedAccount setup, SecretSource secrets) {
        this.setup = setup;
        String name = Accounts.normalized(setup.appleId());
        byte[] bytes = secrets.named("account/" + name, 32);
        dsid = "2" + String.format("%010d", new BigInteger(1, bytes).mod(BigInteger.valueOf(10_000_000_000L)));
        adsid = "000123-05-" + HexFormat.of().formatHex(bytes, 0, 8);
        salt = secrets.named("salt/" + name, 16);
    }

    String dsid() {
        return dsid;
    }

    String adsid() {
        return adsid;
    }

    byte[] salt() {
        return salt.clone();
    }

    /** Iterations of the password's stretching; differs between accounts, as in the field. */
    int iterations() {
        return setup().passwordProtocol() == PasswordProtocol.S2K ? 20082 : 20136;
    }

    synchronized SimulatedAccount setup() {
        return setup;
    }

    synchronized void change(SimulatedAccount newSetup) {
        setup = newSetup;
        verifier = null;
    }

    synchronized BigInteger verifier() {
        if (verifier == null) {
            verifier = SrpServer.verifier(setup.password(), setup.passwordProtocol(), salt, iterations());
        }
        return verifier;
    }

    synchronized boolean trusts(MachineIdentity machine) {
        return setup.secondFactor() == SecondFactor.NONE || trusted.contains(machine);
    }

    synchronized void trust(MachineIdentity machine) {
        code = null;
        wrongCodes = 0;
        if (setup.condition() != AccountCondition.SECOND_FACTOR_LOOP) {
            trusted.add(machine);
        }
    }

    synchronized void forgetTrust() {
        trusted.clear();
    }

    synchronized void addPet(String pet, Instant now) {
        pets.put(pet, now.plus(PET_LIFETIME));
    }

    synchronized Optional<Instant> petExpiry(String pet) {
        return Optional.ofNullable(pets.get(pet));
    }

    synchronized void expirePet(String pet) {
        pets.remove(pet);
    }

    synchronized void addIdentityToken(String token, MachineIdentity machine) {
        identityTokens.put(token, machine);
    }

    synchronized Optional<MachineIdentity> machineOfIdentityToken(String token) {
        return Optional.ofNullable(identityTokens.get(token));
    }

    synchronized void endSignIns() {
        identityTokens.clear();
    }

    synchronized void addSearchPartyToken(String token, Instant expiry) {
        searchPartyTokens.put(token, expiry);
    }

    synchronized Optional<Instant> searchPartyTokenExpiry(String token) {
        return Optional.ofNullable(searchPartyTokens.get(token));
    }

    synchronized void expireSearchPartyToken(String token) {
        searchPartyTokens.remove(token);
    }

    synchronized void expireSessions() {
        searchPartyTokens.clear();
        pets.clear();
    }

    synchronized void send(Code newCode) {
        code = newCode;
    }

    synchronized Optional<Code> lastCode() {
        return Optional.ofNullable(code);
    }

    /** Compares a code with the last one sent the same way. */
    synchronized CodeCheck check(String given, int phone, Instant now) {
        if (wrongCodes >= CODES_TRIED) {
            return CodeCheck.TOO_MANY_TRIED;
        }
        if (code != null
                && code.phone() == phone
                && code.digits().equals(given)
                && now.isBefore(code.sentAt().plus(CODE_LIFETIME))) {
            return CodeCheck.RIGHT;
        }
        wrongCodes++;
        return CodeCheck.WRONG;
    }

    /**
     * A code that was sent.
     *
     * @param phone the number that it was sent to, from 1; 0 if devices show it
     */
    record Code(String digits, int phone, Instant sentAt) {
        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    enum CodeCheck {
        RIGHT,
        WRONG,
        TOO_MANY_TRIED
    }
}
