/**
 * The face of the library: {@link org.trackerreports.findmy.FindMyClient} signs in to one account and gives the positions of trackers.
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
 * <p>The parts below can be used without it: {@code login} and {@code fetch} make single calls and retry nothing, which suits a
 * program that shares a budget of requests among many machines.
 */
@NullMarked
package org.trackerreports.findmy;

import org.jspecify.annotations.NullMarked;
