package org.trackerreports.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;

@ParameterizedClass
@EnumSource(ServerKind.class)
class AccessTest extends OnEveryServer {

    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    private AccessTokens tokens() {
        return fixture.store.tokens();
    }

    private String added(String name, TokenScope scope, Map<String, String> labels, Optional<Instant> expires) {
        return ((AddTokenOutcome.Added) tokens().add(new NewToken(name, scope, labels, expires)))
                .text()
                .text();
    }

    @Test
    void aTokenIsRecognizedByItsTextOnly() {
        String text = added("phone", TokenScope.PLACES, Map.of("client", "acme"), Optional.of(FUTURE));

        assertThat(text).matches("trt_[a-z2-9]{8}_[A-Za-z0-9_-]{43}");
        assertThat(tokens().authenticate(text)).hasValueSatisfying(token -> {
            assertThat(token.name()).isEqualTo("phone");
            assertThat(token.scope()).isEqualTo(TokenScope.PLACES);
            assertThat(token.labels()).isEqualTo(Map.of("client", "acme"));
            assertThat(token.expires()).hasValue(FUTURE);
        });
        String changed = text.substring(0, 20) + (text.charAt(20) == 'A' ? 'B' : 'A') + text.substring(21);
        for (String wrong : List.of(changed, text.substring(0, 55), text + "A", "", text.replace("trt", "trs"))) {
            assertThat(tokens().authenticate(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void theSecretIsNowhereInTheDatabase() {
        String text = added("hidden", TokenScope.READ, Map.of(), Optional.empty());

        assertThat(fixture.query("SELECT t::text FROM access_tokens t").toString())
                .contains("hidden")
                .doesNotContain(text.substring(13));
    }

    @Test
    void anEndedTokenIsRefusedAndARemovedOneGone() {
        String ended = added("ended", TokenScope.READ, Map.of(), Optional.of(PAST));
        String removed = added("removed", TokenScope.READ, Map.of(), Optional.empty());

        assertThat(tokens().authenticate(ended)).isEmpty();
        assertThat(tokens().authenticate(removed)).isPresent();
        assertThat(tokens().remove("removed")).isTrue();
        assertThat(tokens().remove("removed")).isFalse();
        assertThat(tokens().authenticate(removed)).isEmpty();
        assertThat(tokens().list())
                .extracting(AccessToken::name)
                .contains("ended")
                .doesNotContain("removed");
        assertThat(tokens().exist()).isTrue();
    }

    @Test
    void theLastUseIsNotedToTheMinute() {
        String text = added("used", TokenScope.READ, Map.of(), Optional.empty());
        assertThat(tokens().authenticate(text).orElseThrow().lastUsed()).isEmpty();

        assertThat(tokens().authenticate(text)
                                .orElseThrow()
                                .lastUsed()
                                .orElseThrow()
                                .getEpochSecond()
                        % 60)
                .isZero();
    }

    @Test
    void aNameIsGivenOnce() {
        added("once", TokenScope.READ, Map.of(), Optional.empty());

        assertThat(tokens().add(new NewToken("once", TokenScope.ADMIN, Map.of(), Optional.empty())))
                .isInstanceOfSatisfying(
                        AddTokenOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("once already"));
        assertThat(tokens().add(new NewToken(" ", TokenScope.ADMIN, Map.of(), Optional.empty()))
                        .kind())
                .isEqualTo(AddTokenOutcome.Kind.REFUSED);
    }

    @Test
    void aShareIsFoundByTheTextOfItsLinkUntilItEnds() {
        Shares shares = fixture.store.shares();
        Shares.Created open =
                shares.add(new NewShare(List.of(3L, 4L), Optional.of(PAST), Optional.empty(), FUTURE, 1_000, "phone"));
        Shares.Created ended =
                shares.add(new NewShare(List.of(3L), Optional.empty(), Optional.empty(), PAST, 0, "phone"));

        assertThat(shares.find(open.text().text())).hasValueSatisfying(share -> {
            assertThat(share.id()).isEqualTo(open.share().id());
            assertThat(share.content().trackers()).containsExactly(3L, 4L);
            assertThat(share.content().from()).hasValue(PAST);
            assertThat(share.content().to()).isEmpty();
            assertThat(share.content().precisionMetres()).isEqualTo(1_000);
        });
        assertThat(shares.find(ended.text().text())).isEmpty();
        assertThat(shares.list())
                .extracting(Share::id)
                .containsExactly(open.share().id());
        assertThat(shares.remove(open.share().id())).isTrue();
        assertThat(shares.remove(open.share().id())).isFalse();
        assertThat(shares.find(open.text().text())).isEmpty();
    }
}
