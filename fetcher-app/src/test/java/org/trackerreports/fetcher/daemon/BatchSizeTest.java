package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.trackerreports.fetcher.daemon.BatchSize.Verdict;

class BatchSizeTest {

    private final BatchSize size = new BatchSize(64);

    @Test
    void staysAtTheMostWhileEverybodyAnswers() {
        for (int request = 0; request < 100; request++) {
            assertThat(size.observe(64, 64, 62)).isEqualTo(Verdict.BELIEVED);
        }
        assertThat(size.current()).isEqualTo(64);
    }

    @Test
    void fewTrackersProveNothing() {
        assertThat(size.observe(7, 7, 0)).isEqualTo(Verdict.BELIEVED);
        assertThat(size.observe(64, 5, 0)).isEqualTo(Verdict.BELIEVED);
        assertThat(size.current()).isEqualTo(64);
    }

    @Test
    void findsTheSizeThatAServiceWithALimitAnswers() {
        // Of a larger request the service answers for 20 ids only.
        IntUnaryOperator service = asked -> Math.min(asked, 20);
        assertThat(size.observe(64, 64, service.applyAsInt(64))).isEqualTo(Verdict.ASK_AGAIN);
        assertThat(size.current()).isEqualTo(32);
        assertThat(size.observe(32, 32, service.applyAsInt(32))).isEqualTo(Verdict.ASK_AGAIN);
        assertThat(size.current()).isEqualTo(16);
        assertThat(size.observe(16, 16, service.applyAsInt(16))).isEqualTo(Verdict.BELIEVED);
        assertThat(size.current()).isEqualTo(16);
    }

    @Test
    void findsTheSizeWhereTooLargeRequestsGetNothing() {
        IntUnaryOperator service = asked -> asked > 10 ? 0 : asked;
        int requests = 0;
        while (size.observe(size.current(), size.current(), service.applyAsInt(size.current())) == Verdict.ASK_AGAIN) {
            requests++;
        }
        assertThat(requests).isEqualTo(3);
        assertThat(size.current()).isEqualTo(8);
    }

    @Test
    void trackersThatReallyFellSilentCostOneMoreRequest() {
        assertThat(size.observe(64, 64, 20)).isEqualTo(Verdict.ASK_AGAIN);
        assertThat(size.observe(32, 32, 0)).isEqualTo(Verdict.BELIEVED);
        assertThat(size.current()).isEqualTo(64);
        assertThat(size.observe(64, 64, 20)).as("what is usual now").isEqualTo(Verdict.BELIEVED);
    }

    @Test
    void whenAllFellSilentItIsBelievedAfterAHandfulOfRequests() {
        int requests = 0;
        while (size.observe(size.current(), size.current(), 0) == Verdict.ASK_AGAIN) {
            requests++;
        }
        assertThat(requests).isEqualTo(4);
        assertThat(size.current()).isEqualTo(64);
        assertThat(size.observe(64, 64, 0)).isEqualTo(Verdict.BELIEVED);
    }

    @Test
    void growsAgainWhenTheServiceDoesCarefully() {
        size.observe(64, 64, 20);
        size.observe(32, 32, 32);
        assertThat(size.current()).isEqualTo(32);
        int requests = 0;
        int before = size.current();
        while (size.current() < 64) {
            size.observe(size.current(), size.current(), size.current());
            assertThat(size.current()).as("a little more at a time").isLessThanOrEqualTo(before + before / 4);
            before = size.current();
            requests++;
        }
        assertThat(requests).isBetween(24, 60);
    }

    @Test
    void aTrialThatFailsIsRepeatedMuchLater() {
        size.observe(64, 64, 20);
        size.observe(32, 32, 32);
        // One good answer was counted already.
        int firstTrial = goodUntilTrial();
        assertThat(size.observe(40, 40, 20)).isEqualTo(Verdict.ASK_AGAIN);
        assertThat(size.current()).isEqualTo(32);
        assertThat(goodUntilTrial()).isEqualTo(2 * (firstTrial + 1));
    }

    private int goodUntilTrial() {
        int good = 0;
        while (size.current() == 32) {
            size.observe(32, 32, 32);
            good++;
        }
        return good;
    }

    /** Trackers due in turn, as the queue gives them, at a service that answers for some of each request. */
    @Test
    void everyTrackerIsAnsweredForUnderALimitThatChanges() {
        Random random = new Random(7);
        Deque<Integer> queue = new ArrayDeque<>();
        for (int tracker = 0; tracker < 300; tracker++) {
            queue.add(tracker);
        }
        for (int limit : new int[] {64, 12, 30, 5, 64}) {
            Set<Integer> answeredFor = new HashSet<>();
            int atFirst = size.current();
            int requests = 0;
            while (answeredFor.size() < 300) {
                requests++;
                List<Integer> batch = new ArrayList<>();
                for (int place = 0; place < size.current(); place++) {
                    batch.add(queue.removeFirst());
                }
                List<Integer> chosen = new ArrayList<>(batch);
                Collections.shuffle(chosen, random);
                List<Integer> answered = chosen.subList(0, Math.min(limit, batch.size()));
                answeredFor.addAll(answered);
                batch.removeAll(answered);
                int asked = batch.size() + answered.size();
                if (size.observe(asked, asked, answered.size()) == Verdict.ASK_AGAIN) {
                    Collections.reverse(batch);
                    batch.forEach(queue::addFirst);
                } else {
                    batch.forEach(queue::addLast);
                }
                answered.forEach(queue::addLast);
            }
            // What was learned is forgotten slowly, so after a lower limit a round takes as many requests as under that
            // one.
            int needed = 300 / Math.min(limit, atFirst) + 1;
            assertThat(requests)
                    .as("requests with a limit of %s, of which %s are needed at least", limit, needed)
                    .isLessThan(10 + 2 * needed);
        }
    }

    @Test
    void aTrialThatBringsNothingMoreHasFailed() {
        size.observe(64, 64, 12);
        size.observe(32, 32, 12);
        size.observe(16, 16, 12);
        size.observe(8, 8, 8);
        for (int request = 0; request < 1000; request++) {
            size.observe(size.current(), size.current(), Math.min(12, size.current()));
            assertThat(size.current()).isLessThanOrEqualTo(15);
        }
        assertThat(size.current()).isEqualTo(12);
    }
}
