package org.trackerreports.simulator;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.PropertyListParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.agreement.srp.SRP6Client;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.encoders.Hex;

/**
 * A plain HTTP client that speaks the protocol by hand. Its login arithmetic is Bouncy Castle's, so it does not repeat the server's.
 */
final class PlainClient {
    static final String AKD = "<MacBookPro18,3> <Mac OS X;13.4.1;22F8> <com.apple.AuthKit/1 (com.apple.akd/1.0)>";
    private static final String AOS =
            "<MacBookPro18,3> <Mac OS X;13.4.1;22F8> <com.apple.AOSKit/282 (com.apple.accountsd/113)>";

    final HttpClient http;
    final Map<String, String> anisetteOverrides = new LinkedHashMap<>();
    String clientInfo = AKD;
    String lastCookie = "";
    Duration timeout = Duration.ofMinutes(1);
    String deviceId = "653282A4-43F4-4D8A-BE4B-607175E40C62";
    private final Simulator simulator;
    private final Clock clock;

    PlainClient(Simulator simulator, Clock clock) {
        this.simulator = simulator;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(simulator.certificateAuthorityPem()))
                .build();
    }

    static SSLContext trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    }

    JsonNode anisetteReply() {
        return json(send(request(simulator.anisetteUrl(), "/").GET().build()));
    }

    Map<String, String> anisette() {
        JsonNode reply = anisetteReply();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "X-Apple-I-Client-Time",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("X-Apple-I-TimeZone", "UTC");
        headers.put("loc", "en_US");
        headers.put("X-Apple-Locale", "en_US");
        headers.put("X-Apple-I-MD", reply.get("X-Apple-I-MD").asText());
        headers.put("X-Apple-I-MD-LU", "ZjBhNzJiMWUtNWFiYy00MTdkLThmMjctZWQxNWQzNmEzNTdl");
        headers.put("X-Apple-I-MD-M", reply.get("X-Apple-I-MD-M").asText());
        headers.put("X-Apple-I-MD-RINFO", "17106176");
        headers.put("X-Mme-Device-Id", deviceId);
        headers.put("X-Apple-I-SRL-NO", "0");
        headers.putAll(anisetteOverrides);
        headers.values().removeIf(String::isEmpty);
        return headers;
    }

    NSDictionary gsa(NSDictionary request) {
        request.put("cpd", clientData());
        return plist(gsaRaw(request));
    }

    NSDictionary clientData() {
        NSDictionary clientData = dict("bootstrap", true, "icscrec", true, "pbe", false, "prkgen", true);
        clientData.put("svct", "iCloud");
        anisette().forEach(clientData::put);
        return clientData;
    }

    HttpResponse<byte[]> gsaRaw(NSDictionary request) {
        NSDictionary body = dict("Header", dict("Version", "1.0.1"), "Request", request);
        return send(request(simulator.gsaUrl(), "/grandslam/GsService2")
                .header("Content-Type", "text/x-xml-plist")
                .header("X-MMe-Client-Info", clientInfo)
                .POST(BodyPublishers.ofString(body.toXMLPropertyList()))
                .build());
    }

    /** The whole of init and complete. */
    Login login(String appleId, String password) {
        LoginProof proof = new LoginProof();
        NSDictionary init = response(gsa(
                dict("A2k", fixed(proof.start()), "o", "init", "ps", new String[] {"s2k", "s2k_fo"}, "u", appleId)));
        if (errorCode(init) != 0) {
            return new Login(status(init), errorCode(init), "", new NSDictionary());
        }
        lastCookie = init.get("c").toString();
        byte[] salt = data(init, "s");
        byte[] stretched = stretched(password, init.get("sp").toString(), salt, number(init, "i"));
        byte[] m1 = proof.proof(appleId, salt, stretched, new BigInteger(1, data(init, "B")));
        NSDictionary complete =
                response(gsa(dict("M1", m1, "c", init.get("c").toString(), "o", "complete", "u", appleId)));
        if (errorCode(complete) != 0) {
            return new Login(status(complete), errorCode(complete), "", new NSDictionary());
        }
        if (!MessageDigest.isEqual(proof.serverProof(), data(complete, "M2"))) {
            throw new AssertionError("M2 is wrong");
        }
        String au =
                status(complete).containsKey("au") ? status(complete).get("au").toString() : "";
        return new Login(status(complete), 0, au, parse(decrypt(data(complete, "spd"), proof.sessionKey)));
    }

    HttpRequest.Builder secondFactor(Login login, String path) {
        HttpRequest.Builder builder = request(simulator.gsaUrl(), path)
                .header("X-Apple-Identity-Token", login.identityToken())
                .header("X-Mme-Client-Info", clientInfo);
        anisette().forEach(builder::header);
        return builder;
    }

    NSDictionary delegates(String appleId, Login login) {
        return plist(delegatesRaw(appleId, login, login.pet()));
    }

    HttpResponse<byte[]> delegatesRaw(String appleId, Login login, String pet) {
        NSDictionary body = dict(
                "apple-id",
                appleId,
                "client-id",
                "f0a72b1e-5abc-417d-8f27-ed15d36a357e",
                "delegates",
                dict("com.apple.mobileme", new NSDictionary()),
                "password",
                pet);
        HttpRequest.Builder builder = request(simulator.setupUrl(), "/setup/iosbuddy/loginDelegates")
                .header("Authorization", basic(appleId, pet))
                .header("X-Apple-ADSID", login.spd().get("adsid").toString())
                .header("X-Mme-Client-Info", AOS)
                .POST(BodyPublishers.ofString(body.toXMLPropertyList()));
        anisette().forEach(builder::header);
        return send(builder.build());
    }

    /** Login, delegates, session. */
    Session session(String appleId, String password) {
        NSDictionary delegates = delegates(appleId, login(appleId, password));
        NSDictionary service =
                (NSDictionary) ((NSDictionary) ((NSDictionary) delegates.get("delegates")).get("com.apple.mobileme"))
                        .get("service-data");
        return new Session(
                delegates.get("dsid").toString(),
                ((NSDictionary) service.get("tokens")).get("searchPartyToken").toString());
    }

    HttpResponse<byte[]> fetch(Session session, List<List<String>> entries) {
        StringBuilder fetch = new StringBuilder();
        for (List<String> ids : entries) {
            fetch.append(fetch.isEmpty() ? "" : ",")
                    .append("{\"ownedDeviceIds\":[],\"keyType\":1,\"startDate\":1766620800000,"
                            + "\"startDateSecondary\":1766620800000,\"endDate\":1767225600000,\"primaryIds\":[")
                    .append(quoted(ids))
                    .append("],\"secondaryIds\":[]}");
        }
        return post(
                session,
                "/findmyservice/v2/fetch",
                "{\"clientContext\":{\"clientBundleIdentifier\":\"com.apple.icloud.searchpartyuseragent\","
                        + "\"policy\":\"foregroundClient\"},\"fetch\":[" + fetch + "]}");
    }

    HttpResponse<byte[]> fetchV1(Session session, List<String> ids) {
        return post(session, "/acsnservice/fetch", "{\"search\":[{\"startDate\":1,\"ids\":[" + quoted(ids) + "]}]}");
    }

    HttpResponse<byte[]> post(Session session, String path, String body) {
        HttpRequest.Builder builder = request(simulator.gatewayUrl(), path)
                .header("Authorization", basic(session.dsid(), session.token()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        anisette().forEach(builder::header);
        return send(builder.build());
    }

    private static String quoted(List<String> ids) {
        return ids.isEmpty() ? "" : '"' + String.join("\",\"", ids) + '"';
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (Exception e) {
            throw new AssertionError("Not JSON: HTTP " + response.statusCode(), e);
        }
    }

    static NSDictionary plist(HttpResponse<byte[]> response) {
        return parse(response.body());
    }

    static NSDictionary response(NSDictionary top) {
        return (NSDictionary) top.get("Response");
    }

    static NSDictionary status(NSDictionary response) {
        return (NSDictionary) response.get("Status");
    }

    static int errorCode(NSDictionary response) {
        return number(status(response), "ec");
    }

    static NSDictionary dict(Object... keysAndValues) {
        NSDictionary result = new NSDictionary();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            result.put((String) keysAndValues[i], NSObject.fromJavaObject(keysAndValues[i + 1]));
        }
        return result;
    }

    private static NSDictionary parse(byte[] xml) {
        try {
            return (NSDictionary) PropertyListParser.parse(xml);
        } catch (Exception e) {
            throw new AssertionError("Not a property list: " + new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    private static int number(NSDictionary parent, String key) {
        return ((NSNumber) parent.get(key)).intValue();
    }

    private static byte[] data(NSDictionary parent, String key) {
        return ((NSData) parent.get(key)).bytes();
    }

    private static byte[] stretched(String password, String protocol, byte[] salt, int iterations) {
        byte[] hashed = sha256(password.getBytes(StandardCharsets.UTF_8));
        byte[] input = protocol.equals("s2k") ? hashed : Hex.toHexString(hashed).getBytes(StandardCharsets.US_ASCII);
        PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(input, salt, iterations);
        return ((KeyParameter) generator.generateDerivedMacParameters(256)).getKey();
    }

    private static byte[] decrypt(byte[] spd, byte[] sessionKey) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(hmac(sessionKey, "extra data key:"), "AES"),
                    new IvParameterSpec(hmac(sessionKey, "extra data iv:"), 0, 16));
            return cipher.doFinal(spd);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(byte[]... parts) {
        SHA256Digest digest = new SHA256Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[32];
        digest.doFinal(result, 0);
        return result;
    }

    private static byte[] fixed(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(256, value);
    }

    /** The result of a login. */
    record Login(NSDictionary status, int errorCode, String au, NSDictionary spd) {
        String identityToken() {
            String pair = spd.get("adsid") + ":" + spd.get("GsIdmsToken");
            return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        String pet() {
            NSDictionary tokens = (NSDictionary) spd.get("t");
            NSDictionary pet = (NSDictionary) tokens.get("com.apple.gs.idms.pet");
            return pet == null ? "" : pet.get("token").toString();
        }
    }

    /** The credentials of a fetch. */
    record Session(String dsid, String token) {}

    /** The client's arithmetic; the secret of x, a, S is Bouncy Castle's, the proofs are written out. */
    private static final class LoginProof extends SRP6Client {
        private byte[] clientPublic;
        private byte[] clientProof;
        private byte[] sessionKey;

        BigInteger start() {
            init(SRP6StandardGroups.rfc5054_2048, new SHA256Digest(), new SecureRandom());
            // The public value does not depend on the password, which is known only after the answer to init.
            BigInteger publicValue = generateClientCredentials(new byte[0], new byte[0], new byte[0]);
            clientPublic = fixed(publicValue);
            return publicValue;
        }

        byte[] proof(String appleId, byte[] salt, byte[] stretched, BigInteger serverPublic) {
            try {
                x = new BigInteger(1, sha256(salt, sha256(new byte[] {':'}, stretched)));
                sessionKey = sha256(fixed(calculateSecret(serverPublic)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            byte[] mixed = sha256(fixed(N));
            byte[] generator = sha256(fixed(g));
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] ^= generator[i];
            }
            clientProof = sha256(
                    mixed,
                    sha256(appleId.getBytes(StandardCharsets.UTF_8)),
                    salt,
                    clientPublic,
                    fixed(serverPublic),
                    sessionKey);
            return clientProof;
        }

        byte[] serverProof() {
            return sha256(clientPublic, clientProof, sessionKey);
        }
    }
}
