package org.trackerreports.findmy.internal;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.trackerreports.findmy.internal.CallFailedException.Kind;

/** Takes the body of an answer, and ends the answer as soon as it is larger than it may be. One use. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final int limit;
    private long size;
    private Flow.@Nullable Subscription subscription;

    /** @param limit in bytes */
    LimitedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        whole.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        size += parts.stream().mapToLong(ByteBuffer::remaining).sum();
        if (size > limit) {
            Objects.requireNonNull(subscription).cancel();
            onError(tooLarge(limit));
        } else {
            whole.onNext(parts);
        }
    }

    static CallFailedException tooLarge(int limit) {
        return new CallFailedException(Kind.TOO_LARGE, "the answer is larger than " + limit + " bytes", null);
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }
}
