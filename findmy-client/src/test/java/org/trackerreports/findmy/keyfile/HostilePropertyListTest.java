package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Property lists that are made to read other files, to call other machines, or never to end. */
class HostilePropertyListTest {

    private static final String KEY = "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==";
    private static final String TRACKER =
            "<dict><key>name</key><string>%s</string><key>privateKey</key><data>" + KEY + "</data></dict>";

    @Test
    void readsNoOtherFile(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        KeyFile file = readXml("""
                <!DOCTYPE plist [<!ENTITY x SYSTEM "%s">]>
                <plist version="1.0">%s</plist>""".formatted(secret.toUri(), TRACKER.formatted("&x;")));
        refused(file);
        assertThat(file.toString()).doesNotContain("the secret");

        KeyFile included = readXml("""
                <plist version="1.0" xmlns:xi="http://www.w3.org/2001/XInclude"><dict><key>name</key>
                <string><xi:include href="%s" parse="text"/></string><key>privateKey</key><data>%s</data></dict></plist>""".formatted(secret.toUri(), KEY));
        assertThat(included.toString()).doesNotContain("the secret");
    }

    @Test
    void callsNoOtherMachine() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.dtd";
            String plist = "<plist version=\"1.0\">" + TRACKER.formatted("Bike") + "</plist>";
            KeyFile harmless = readXml("<!DOCTYPE plist PUBLIC \"-//Other//DTD\" \"" + url + "\">" + plist);
            assertThat(harmless.trackers()).hasSize(1);
            assertThat(readXml("<!DOCTYPE plist SYSTEM \"" + url + "\">" + plist)
                            .trackers())
                    .hasSize(1);
            refused(readXml("<!DOCTYPE plist [<!ENTITY % x SYSTEM \"" + url + "\"> %x;]>" + plist));
            refused(readXml("<!DOCTYPE plist SYSTEM \"" + url + "\" [<!ENTITY x SYSTEM \"" + url + "\">]>" + plist));
            readXml("<?xml-stylesheet href=\"" + url + "\"?>" + plist);
            assertThat(calls).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void doesNotExpandEntities() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE plist [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;\">".formatted(i, i - 1, i - 1, i - 1, i - 1));
        }
        bomb.append("]><plist version=\"1.0\">")
                .append(TRACKER.formatted("&a29;"))
                .append("</plist>");
        quickly(() -> refused(readXml(bomb.toString())));
        refused(readXml("<plist version=\"1.0\">" + TRACKER.formatted("&undeclared;") + "</plist>"));
    }

    @Test
    void takesTextsForWhatTheyAreWhateverEncodingTheyClaim() {
        KeyFile file = readXml("<?xml version=\"1.0\" encoding=\"UTF-7\"?><plist version=\"1.0\">"
                + TRACKER.formatted("+ADwAIQ-ENTITY") + "</plist>");
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("+ADwAIQ-ENTITY");
    }

    @Test
    void refusesDepth() {
        for (String tag : new String[] {"array", "dict", "data", "other"}) {
            String deep = "<plist version=\"1.0\">" + ("<" + tag + ">").repeat(100_000)
                    + ("</" + tag + ">").repeat(100_000) + "</plist>";
            quickly(() -> refused(readXml(deep)));
        }
        quickly(() -> refused(KeyFiles.read("x.json", "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void refusesSize() {
        String filler = "<!-- " + "x".repeat(PropertyLists.MAX_BYTES) + " -->";
        KeyFile file = readXml("<plist version=\"1.0\">" + filler + TRACKER.formatted("Bike") + "</plist>");
        refused(file);
        assertThat(file.problems().get(0).message()).contains(String.valueOf(PropertyLists.MAX_BYTES));
    }

    @Test
    void keepsTheErrorStreamClean() {
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            refused(readXml("<plist version=\"1.0\"><dict><key>" + KEY + "</plist>"));
        } finally {
            System.setErr(before);
        }
        assertThat(captured.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void endsOnBinaryListsThatShareOrContainThemselves() {
        BinaryPlistBuilder shared = new BinaryPlistBuilder();
        BinaryPlistBuilder sets = new BinaryPlistBuilder();
        for (int i = 0; i < 100; i++) {
            shared.references(0xA0, 2, i + 1, i + 1);
            sets.references(0xC0, 2, i + 1, i + 2);
        }
        shared.text("end");
        sets.text("end").text("end");
        quickly(() -> refused(read(shared)));
        quickly(() -> refused(read(sets)));
        quickly(() -> refused(read(new BinaryPlistBuilder().references(0xA0, 1, 0))));
        quickly(() ->
                refused(read(new BinaryPlistBuilder().references(0xD0, 1, 1, 0).text("keys"))));
    }

    @Test
    void refusesKeysOfBinaryDictionariesThatAreNoTexts() {
        BinaryPlistBuilder plist = new BinaryPlistBuilder().references(0xD0, 1, 1, 101);
        for (int i = 1; i < 101; i++) {
            plist.references(0xA0, 2, i + 1, i + 1);
        }
        quickly(() -> refused(read(plist.text("end"))));
    }

    @Test
    void refusesBinaryObjectsThatShareTheirBytes() {
        BinaryPlistBuilder plist =
                new BinaryPlistBuilder().references(0xA0, 2, 1, 2).data(1_000_000, new byte[1_000_000]);
        for (int i = 0; i < 100_000; i++) {
            plist.sameAgain();
        }
        quickly(() -> refused(read(plist)));
        refused(read(new BinaryPlistBuilder().references(0xA0, 1, 1).data(Integer.MAX_VALUE, new byte[3])));
        refused(read(new BinaryPlistBuilder().references(0xA0, 1, 1).data(-1, new byte[3])));
    }

    @Test
    void takesWhatIsWellFormed() {
        byte[] key = Base64.getDecoder().decode(KEY);
        BinaryPlistBuilder plist = new BinaryPlistBuilder()
                .references(0xA0, 1, 1)
                .references(0xD0, 1, 2, 3)
                .text("privateKey")
                .data(key.length, key);
        assertThat(read(plist).trackers()).hasSize(1);
    }

    private static void refused(KeyFile file) {
        assertThat(file.trackers()).isEmpty();
        assertThat(file.problems()).isNotEmpty();
        assertThat(file.problems())
                .allSatisfy(each -> assertThat(each.message()).doesNotContain(KEY));
    }

    private static void quickly(Runnable check) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), check::run);
    }

    private static KeyFile read(BinaryPlistBuilder plist) {
        return KeyFiles.read("x.plist", plist.build());
    }

    private static KeyFile readXml(String xml) {
        return KeyFiles.read("x.plist", xml.getBytes(StandardCharsets.UTF_8));
    }
}
