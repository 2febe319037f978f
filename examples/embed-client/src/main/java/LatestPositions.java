import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.trackerreports.findmy.*;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.login.*;

public class LatestPositions {
    public static void main(String[] args) throws Exception {
        Console console = System.console();
        var store = FileSessionStore.withPassphrase(Path.of("session"), console.readPassword("Passphrase of the session file: "));
        var client = FindMyClient.builder().anisetteServer(URI.create(args[0])).sessionStore(store).build();
        print(client, args[1], Path.of(args[2]), question -> console.readPassword("%s", question));
    }

    static void print(FindMyClient client, String appleId, Path keyFile, Function<String, char[]> ask) throws Exception {
        if (!client.signedIn()) {
            var credentials = Credentials.of(appleId, ask.apply("Password of " + appleId + ": "));
            var outcome = client.login(credentials);
            if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
                if (needed.pending().codeSentBy().isEmpty()) client.sendCode(needed.pending().methods().get(0));
                outcome = client.enterCode(new String(ask.apply("Verification code: ")), credentials);
            }
            System.out.println(outcome.message());
        }
        for (var tracker : client.latest(KeyFiles.read(keyFile).trackers()))
            System.out.println(tracker.tracker().name() + ": " + tracker.latest().map(r -> r.timestamp() + " " + r.latitude() + " " + r.longitude()).orElse(tracker.message()));
    }
}
