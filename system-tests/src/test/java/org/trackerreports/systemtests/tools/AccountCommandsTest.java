package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignIns;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;
import org.trackerreports.testsupport.TestProcess;

/** {@code login} and {@code accounts …}. */
@ExtendWith(WithToolWorld.class)
class AccountCommandsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ToolWorld world;

    AccountCommandsTest(ToolWorld world) {
        this.world = world;
    }

    private void addAccount(String appleId, SecondFactor factor) {
        world.simulator()
                .accounts()
                .add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD).with(factor));
    }

    private long signInCalls(String appleId) {
        return world.simulator().requests().recent(Service.GSA).stream()
                .filter(request -> request.account().equals(appleId))
                .count();
    }

    @Test
    void wrongPasswordsAreHeldBackBeforeTheyLockTheAccount() throws Exception {
        wrongPasswords("careful@example.com", world.tool(), "--account", "careful");
        world.tool("accounts", "remove", "careful", "--yes").done();
    }

    @Test
    void wrongPasswordsAreHeldBackWithASessionFileToo() throws Exception {
        String passphrase =
                world.write("careful.passphrase", "a made-up passphrase").toString();
        String session = world.directory().resolve("careful.session").toString();
        ToolProcess alone = world.embedded(world.directory().resolve("careful-data"));
        wrongPasswords("careful-file@example.com", alone, "--session", session, "--passphrase-file", passphrase);
    }

    private void wrongPasswords(String appleId, ToolProcess tool, String... where) throws Exception {
        addAccount(appleId, SecondFactor.NONE);
        String wrong = world.write(appleId + ".wrong", "not the password").toString();
        List<String> said = List.of("2 more tries are safe", "1 more try is safe", "No more try is safe");
        for (String left : said) {
            Ended refused = tool.call(login(appleId, wrong, where));
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
            assertThat(refused.err()).contains(left, "lock an Apple account");
        }
        long calls = signInCalls(appleId);
        String right = world.write(appleId + ".right", ToolWorld.PASSWORD).toString();
        Ended held = tool.call(login(appleId, right, where));
        assertThat(held.exitCode()).as(held.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(held.err()).contains("wrong 3 times within 24 hours", "Nothing was sent. Wait until", "--insist");
        assertThat(signInCalls(appleId)).as("calls to sign in").isEqualTo(calls);
        tool.call(with(login(appleId, right, where), "--insist")).done();
    }

    private static String[] login(String appleId, String password, String... where) {
        return Stream.concat(Stream.of("login", "--username", appleId, "--password-file", password), Stream.of(where))
                .toArray(String[]::new);
    }

    @Test
    void aSignInTooManyIsHeldBack() throws Exception {
        String appleId = "often@example.com";
        addAccount(appleId, SecondFactor.NONE);
        SignIns signIns = world.get(SignIns.class);
        for (int number = 0; number < SessionSource.MAX_SIGN_INS_PER_DAY; number++) {
            signIns.signIn(AppleAccountDigest.ofName(appleId));
        }
        String password = world.write("often.password", ToolWorld.PASSWORD).toString();
        Ended held = world.tool(login(appleId, password, "--account", "often"));
        assertThat(held.exitCode()).as(held.toString()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(held.err()).contains("signed in 8 times within 24 hours", "--insist");
        assertThat(signInCalls(appleId)).isZero();
    }

    @Test
    void withoutATerminalTheCodeIsEnteredByASecondCall() throws Exception {
        String appleId = "factor@example.com";
        addAccount(appleId, SecondFactor.TRUSTED_DEVICE);
        String password = world.write("factor.password", ToolWorld.PASSWORD).toString();
        Path code = world.write("factor.code", "000000\n");
        Ended first = world.tool(
                "login",
                "--account",
                "factor",
                "--username",
                appleId,
                "--password-file",
                password,
                "--second-factor",
                "sms",
                "--code-file",
                code.toString());
        assertThat(first.exitCode()).as(first.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(first.out()).isEmpty();
        assertThat(first.err()).contains("--code-file").doesNotContain(appleId);
        assertThat(state("factor")).isEqualTo("needs_second_factor");

        String[] second = {"login", "--account", "factor", "--password-file", password, "--code-file", code.toString()};
        Ended wrong = world.tool(second);
        assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
        Files.writeString(code, lastCode(appleId) + "\n");
        assertThat(world.tool(second).done().out()).contains("Account factor is signed in.");
        assertThat(state("factor")).isEqualTo("ready");
        assertThat(world.tool("accounts", "remove", "factor").exitCode()).isEqualTo(ExitCode.USAGE);
        world.tool("accounts", "remove", "factor", "--yes").done();
        assertThat(world.store().accounts().find("factor")).isEmpty();
    }

    @Test
    void theCodeOfATrustedDeviceIsEntered() throws Exception {
        String appleId = "device@example.com";
        addAccount(appleId, SecondFactor.TRUSTED_DEVICE);
        String password = world.write("device.password", ToolWorld.PASSWORD).toString();
        Ended first = world.tool(
                "login",
                "--account",
                "device",
                "--username",
                appleId,
                "--password-file",
                password,
                "--second-factor",
                "trusted-device");
        assertThat(first.exitCode()).as(first.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(first.err()).contains("a code on your Apple devices");
        Path code = world.write("device.code", lastCode(appleId));
        Ended second =
                world.tool("login", "--account", "device", "--password-file", password, "--code-file", code.toString());
        assertThat(second.done().out()).contains("Account device is signed in.");
        world.tool("accounts", "remove", "device", "--yes").done();
    }

    @Test
    void oneOfTwoPhonesIsChosenWithoutATerminal() throws Exception {
        String appleId = "phones@example.com";
        addWithTwoPhones(appleId);
        String password = world.write("phones.password", ToolWorld.PASSWORD).toString();
        String[] login = {"login", "--account", "phones", "--username", appleId, "--password-file", password};
        Ended unknown = world.tool(with(login, "--phone", "77"));
        assertThat(unknown.exitCode()).as(unknown.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("•••48  (--phone 1)", "•••49  (--phone 2)", "on your Apple devices");
        assertThat(world.simulator().accounts().lastCode(appleId)).isEmpty();

        Ended listed = world.tool(with(login, "--second-factor", "sms"));
        assertThat(listed.exitCode()).as(listed.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(listed.err()).contains("(--phone 1)", "(--phone 2)", "Taken: a text message to +49 ••• •••••48");
        // Both options name the second phone; each has another code sent, within the same sign-in.
        for (String phone : new String[] {"2", "49"}) {
            Ended chosen = world.tool(with(login, "--phone", phone));
            assertThat(chosen.exitCode()).as(chosen.toString()).isEqualTo(ExitCode.LOGIN_NEEDED);
            assertThat(chosen.err()).contains("a text message to +49 ••• •••••49");
        }
        Path fiveDigits = world.write("phones.code", "12345");
        Ended mistyped = world.tool(with(login, "--code-file", fiveDigits.toString()));
        assertThat(mistyped.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(mistyped.err()).contains("6 digits; found 5").doesNotContain("12345");
        Path code = world.write("phones.code", lastCode(appleId));
        assertThat(world.tool(with(login, "--code-file", code.toString()))
                        .done()
                        .out())
                .contains("Account phones is signed in.");
        world.tool("accounts", "remove", "phones", "--yes").done();
    }

    private String lastCode(String appleId) {
        return world.simulator().accounts().lastCode(appleId).orElseThrow();
    }

    private void addWithTwoPhones(String appleId) {
        world.simulator()
                .accounts()
                .add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD)
                        .with(SecondFactor.TRUSTED_DEVICE)
                        .withPhoneNumbers(2, false));
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aPersonAtATerminalChoosesThePhoneAndMayMistypeTheCode() throws Exception {
        assumeThat(ToolProcess.hasTerminal()).as("the program 'script'").isTrue();
        String appleId = "chooser@example.com";
        addWithTwoPhones(appleId);
        Path seen = world.directory().resolve("chooser");
        TestProcess process = atTerminal(seen, "login", "--account", "chooser");
        try (process;
                Writer keyboard = keyboardOf(process)) {
            answer(keyboard, seen, "Apple ID", " " + appleId + " ");
            answer(keyboard, seen, "Password", ToolWorld.PASSWORD);
            answer(keyboard, seen, "Which one?", "9");
            answer(keyboard, seen, "Found neither", "49");
            answer(keyboard, seen, "Verification code (a text message to +49", "12345");
            answer(keyboard, seen, "6 digits; found 5", lastCode(appleId));
            assertThat(process.exitCode(LIMIT)).as(Files.readString(seen)).isEqualTo(ExitCode.DONE);
        }
        assertThat(Files.readString(seen)).contains("Account chooser is signed in.");
        world.tool("accounts", "remove", "chooser", "--yes").done();
    }

    /** Starts a command in a terminal whose screen is a file. */
    private TestProcess atTerminal(Path screen, String... command) {
        return TestProcess.start(
                world.tool().terminalBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile()));
    }

    private static Writer keyboardOf(TestProcess process) {
        return new OutputStreamWriter(process.input(), StandardCharsets.UTF_8);
    }

    @Test
    void aPersonAtATerminalIsAskedForWhatIsMissing() throws Exception {
        assumeThat(ToolProcess.hasTerminal()).as("the program 'script'").isTrue();
        String appleId = "person@example.com";
        addAccount(appleId, SecondFactor.SMS);
        Path seen = world.directory().resolve("terminal");
        TestProcess process = atTerminal(seen, "login", "--account", "person");
        try (process;
                Writer keyboard = keyboardOf(process)) {
            answer(keyboard, seen, "Apple ID", appleId);
            answer(keyboard, seen, "Password", ToolWorld.PASSWORD);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> world.simulator().accounts().lastCode(appleId).isPresent());
            answer(keyboard, seen, "code", lastCode(appleId));
            assertThat(process.exitCode(LIMIT)).as(Files.readString(seen)).isEqualTo(ExitCode.DONE);
        }
        assertThat(Files.readString(seen))
                .contains("Account person is signed in.")
                .doesNotContain(ToolWorld.PASSWORD);
        assertThat(state("person")).isEqualTo("ready");
        world.tool("accounts", "remove", "person", "--yes").done();
    }

    @Test
    void whoMistypesTheCodeEntersTheSameOneAgain() throws Exception {
        assumeThat(ToolProcess.hasTerminal()).as("the program 'script'").isTrue();
        String appleId = "mistyped@example.com";
        addAccount(appleId, SecondFactor.SMS);
        String password = world.write("mistyped.password", ToolWorld.PASSWORD).toString();
        Path seen = world.directory().resolve("mistyped");
        String[] login = {"login", "--account", "mistyped", "--username", appleId, "--password-file", password};
        TestProcess process = atTerminal(seen, login);
        try (process;
                Writer keyboard = keyboardOf(process)) {
            answer(keyboard, seen, "code", "000000");
            assertThat(process.exitCode(LIMIT)).as(Files.readString(seen)).isEqualTo(ExitCode.LOGIN_NEEDED);
        }
        assertThat(Files.readString(seen))
                .contains("Then run: findmy tools login --account mistyped; with --second-factor");
        String code = lastCode(appleId);
        Path file = world.write("mistyped.code", code);
        assertThat(world.tool(
                                "login",
                                "--account",
                                "mistyped",
                                "--password-file",
                                password,
                                "--code-file",
                                file.toString())
                        .done()
                        .out())
                .contains("Account mistyped is signed in.");
        world.tool("accounts", "remove", "mistyped", "--yes").done();
    }

    private static void answer(Writer keyboard, Path seen, String question, String answer) throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(seen).contains(question));
        keyboard.write(answer + "\n");
        keyboard.flush();
    }

    private String state(String alias) {
        return world.tool("accounts", "show", alias, "--json")
                .done()
                .json()
                .get("state")
                .asText();
    }

    @Test
    void aSessionFileNeedsNoServerAndIsForItsOwnerOnly() throws Exception {
        String appleId = "file@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        Path session = world.directory().resolve("login.session");
        Path data = world.directory().resolve("never-made");
        ToolProcess alone = world.embedded(data);
        String passphrase =
                world.write("file.passphrase", "a made-up passphrase").toString();
        String[] login = world.loginToFile(session, appleId, passphrase);
        Ended done = alone.run(login).done();
        assertThat(done.out()).contains("login.session");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(session, StandardCharsets.ISO_8859_1)).doesNotContain(appleId, "token");
        assertThat(data.resolve("postgresql")).doesNotExist();
        Ended unnamed = alone.run("login", "--username", appleId);
        assertThat(unnamed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unnamed.err()).contains("--account", "--session");
        Ended closed = alone.run("login", "--session", session.toString());
        assertThat(closed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(closed.err()).contains("--passphrase-file");
    }

    @Test
    void accountsAreListedPausedAndResumed() throws Exception {
        String appleId = "pause@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        String[] login = {
            "login",
            "--account",
            "pause",
            "--username",
            appleId,
            "--password-file",
            world.write("pause.password", ToolWorld.PASSWORD).toString()
        };
        world.tool(login).done();
        JsonNode list = world.tool("accounts", "list", "--json").done().json();
        JsonNode paused = null;
        for (JsonNode each : list) {
            paused = each.get("account").asText().equals("pause") ? each : paused;
        }
        assertThat(paused).isNotNull();
        assertThat(paused.get("state").asText()).isEqualTo("ready");
        assertThat(paused.get("requests_24h").asInt()).isZero();
        assertThat(paused.get("requests_left").asInt()).isEqualTo(100_000);
        assertThat(paused.get("last_error").isNull()).isTrue();
        assertThat(world.tool("accounts", "list").done().out()).contains("ACCOUNT", "LEFT", "pause");

        world.tool("accounts", "pause", "pause").done();
        assertThat(world.store().accounts().find("pause").orElseThrow().state()).isEqualTo(AccountState.PAUSED);
        world.newTracker("Paused", 1, 2);
        Ended refused = world.tool("fetch", "Paused", "--account", "pause");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(world.tool(login).done().err()).contains("still paused");
        assertThat(state("pause")).isEqualTo("paused");
        world.tool("accounts", "resume", "pause").done();
        assertThat(state("pause")).isEqualTo("ready");
        Ended unknown = world.tool("accounts", "show", "pauze");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("There is no account 'pauze'; nearest: pause");
        world.tool("accounts", "remove", "pause", "--yes").done();
    }
}
