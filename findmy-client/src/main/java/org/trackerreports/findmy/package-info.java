/**
 * Public API: {@link org.trackerreports.findmy.FindMyClient} signs in to one account and fetches the positions of trackers.
 *
 * <pre>{@code
 * FindMyClient client = FindMyClient.builder()
 *         .anisetteServer(URI.create("http://localhost:6969"))
 *         .sessionStore(FileSessionStore.withPassphrase(Path.of("session"), passphrase))
 *         .build();
 * client.login(credentials); // and sendCode, enterCode, if the outcome says so
 * client.latest(KeyFiles.read(Path.of("bike.keys")).trackers())
 *         .forEach(tracker -> tracker.latest().ifPresent(report -> …));
 * }</pre>
 *
 * <p>The packages below can be used without it. A program that shares a request budget among several machines gives its own {@link
 * org.trackerreports.findmy.fetch.RequestGate}, here or to {@link org.trackerreports.findmy.fetch.AccountClient}.
 */
@NullMarked
package org.trackerreports.findmy;

import org.jspecify.annotations.NullMarked;
