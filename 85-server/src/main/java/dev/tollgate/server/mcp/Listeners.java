// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Open streams of `subscriptions/listen`: each tells one client of the changes it wants to hear of, until
/// either side ends it (2026-07-28, "Subscriptions"). A notification carries no content, so a slow client loses
/// nothing that it cannot ask for again.
public final class Listeners {
    /// The refusal when all streams are taken.
    static final Refusal FULL = new Refusal.Busy(Duration.ofSeconds(30));

    /// Notifications waiting for one client. They say only that something changed: more of them say no more.
    private static final int WAITING_MAX = 16;
    /// Resources one client may watch.
    private static final int WATCHED_MAX = 100;
    /// Well within the idle time of a connection, and of most proxies.
    private static final Duration BEAT = Duration.ofSeconds(10);

    private static final String TOOLS = "toolsListChanged";
    private static final String PROMPTS = "promptsListChanged";
    private static final String RESOURCES = "resourcesListChanged";
    private static final String WATCHED = "resourceSubscriptions";

    private final Semaphore free;
    private final Set<Listener> listening = ConcurrentHashMap.newKeySet();

    private volatile boolean closing;

    /// @param streamsMax streams at once
    public Listeners(int streamsMax) {
        this.free = new Semaphore(streamsMax);
    }

    private record News(String method, Optional<String> uri) {}

    private static final class Listener {
        private final Set<String> wanted = new TreeSet<>();
        private final Set<String> watched = new TreeSet<>();
        private final BlockingQueue<News> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    }

    /// Tells everybody who wants to hear it that the list of tools may have changed. Called when a policy is
    /// activated.
    public void toolsChanged() {
        tell(TOOLS, new News("notifications/tools/list_changed", Optional.empty()));
    }

    /// Tells that the list of prompts changed.
    public void promptsChanged() {
        tell(PROMPTS, new News("notifications/prompts/list_changed", Optional.empty()));
    }

    /// Ends all streams, so that the server can stop.
    public void close() {
        closing = true;
        listening.forEach(listener -> listener.waiting.offer(new News("", Optional.empty())));
    }

    /// How many listen.
    public int count() {
        return listening.size();
    }

    private void tell(String wanted, News news) {
        listening.stream()
                .filter(listener -> listener.wanted.contains(wanted))
                .forEach(listener -> listener.waiting.offer(news));
    }

    /// Serves one listener until it leaves or the server stops. False when all streams are taken; then nothing
    /// was sent.
    boolean listen(Asked asked, Value.Fields filter, boolean extras, Replies replies) {
        if (closing || !free.tryAcquire()) {
            return false;
        }
        Listener listener = new Listener();
        List.of(TOOLS, PROMPTS, RESOURCES).stream()
                .filter(kind -> Members.isTrue(filter, kind) && (extras || kind.equals(TOOLS)))
                .forEach(listener.wanted::add);
        if (extras) {
            Members.items(filter, WATCHED)
                    .ifPresent(uris -> uris.values().stream().limit(WATCHED_MAX).forEach(uri -> {
                        if (uri instanceof Value.Text text) {
                            listener.watched.add(text.text());
                        }
                    }));
        }
        listening.add(listener);
        try {
            stream(asked, listener, replies);
        } finally {
            listening.remove(listener);
            free.release();
        }
        return true;
    }

    private void stream(Asked asked, Listener listener, Replies replies) {
        Line line = asked.line();
        Value id = asked.request().id();
        boolean there = line.send(note(id, "notifications/subscriptions/acknowledged", accepted(listener)));
        while (there && !closing) {
            Optional<News> news = next(listener);
            there = news.filter(known -> !known.method().isEmpty())
                    .map(known -> line.send(note(id, known.method(), params(known))))
                    .orElseGet(line::beat);
        }
        if (there) {
            line.finish(200, replies.result(id, line.turn().id(), true, Message.EMPTY, subscription(id)));
        }
    }

    private static Optional<News> next(Listener listener) {
        try {
            return Optional.ofNullable(listener.waiting.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Map<String, Value> accepted(Listener listener) {
        Map<String, Value> accepted = new TreeMap<>();
        listener.wanted.forEach(kind -> accepted.put(kind, Value.of(true)));
        if (!listener.watched.isEmpty()) {
            accepted.put(WATCHED, Value.texts(new ArrayList<>(listener.watched)));
        }
        return Map.of("notifications", new Value.Fields(accepted));
    }

    private static Map<String, Value> params(News news) {
        return news.uri().map(uri -> Map.of("uri", Value.of(uri))).orElseGet(Map::of);
    }

    private static Value.Fields subscription(Value id) {
        return new Value.Fields(Map.of(Protocol.META_SUBSCRIPTION, id));
    }

    private static JsonWriter note(Value id, String method, Map<String, Value> params) {
        Map<String, Value> all = new TreeMap<>(params);
        all.put(Protocol.META, subscription(id));
        return Replies.notification(method, new Value.Fields(all));
    }
}
