// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import dev.tollgate.egress.net.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A name service that a test writes, and that remembers what it was asked.
final class Names implements Resolver {
    private final Map<String, Deque<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /// The next answer for a name; the last one is given again and again.
    Names answer(String name, String... addresses) {
        List<InetAddress> all =
                Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
        answers.computeIfAbsent(name, _ -> new ArrayDeque<>()).add(all);
        return this;
    }

    @Override
    public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
        asked.add(host);
        Deque<List<InetAddress>> known = answers.get(host);
        if (known == null) {
            throw new UnknownHostException("no such name");
        }
        return known.size() > 1 ? known.removeFirst() : known.getFirst();
    }

    /// Everything that was asked, in order.
    List<String> asked() {
        return List.copyOf(asked);
    }
}
