// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Seals cursors with HMAC-SHA256 over everything that a page belongs to: agent, person, tenant, workflow, customer,
/// policy version, the canonical search without its offset and rules, the offset and the time it ends. Needs no memory,
/// so any node that has the key opens what another has sealed.
public final class HmacCursorSeal implements CursorSeal {
    /// As long as a delegation lives: no one pages on for longer.
    public static final Duration LIFE = Duration.ofMinutes(15);

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte FORMAT = 1;
    private static final int MAC_BYTES = 32;
    private static final int HEAD_BYTES = Byte.BYTES + Integer.BYTES + Long.BYTES;
    private static final int CURSOR_CHARS = (HEAD_BYTES + MAC_BYTES) * 4 / 3;

    private final SecretKey key;
    private final Value holder;
    private final InstantSource clock;

    /// @param key of at least 32 bytes, known to this deployment alone
    public HmacCursorSeal(SecretKey key, Principal who, PolicyVersion policy, InstantSource clock) {
        require(ALGORITHM.equals(key.getAlgorithm()), "a cursor key is an HmacSHA256 key");
        this.key = key;
        this.clock = clock;
        this.holder = new Value.Fields(Map.of(
                "agent", Value.of(who.agent().value()),
                "user", Value.of(who.user().value()),
                "tenant", Value.of(who.tenant().value()),
                "workflow",
                        Value.texts(who.delegation().workflow().map(WorkflowId::value).stream()
                                .toList()),
                "customer", Value.texts(who.delegation().customer().stream().toList()),
                "policy", Value.of(policy.value())));
    }

    @Override
    public String seal(Operation.Search search, int offset) {
        long expires = clock.instant().plus(LIFE).getEpochSecond();
        byte[] head = head(offset, expires);
        byte[] sealed = ByteBuffer.allocate(HEAD_BYTES + MAC_BYTES)
                .put(head)
                .put(mac(head, search))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    @Override
    public OptionalInt open(String cursor, Operation.Search search) {
        if (cursor.length() != CURSOR_CHARS) {
            return OptionalInt.empty();
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            return OptionalInt.empty();
        }
        byte[] head = new byte[HEAD_BYTES];
        byte[] mac = new byte[MAC_BYTES];
        ByteBuffer.wrap(sealed).get(head).get(mac);
        ByteBuffer read = ByteBuffer.wrap(head);
        boolean ours = read.get() == FORMAT && MessageDigest.isEqual(mac, mac(head, search));
        int offset = read.getInt();
        long expires = read.getLong();
        boolean open = ours && offset >= 0 && clock.instant().getEpochSecond() < expires;
        return open ? OptionalInt.of(offset) : OptionalInt.empty();
    }

    private static byte[] head(int offset, long expires) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .put(FORMAT)
                .putInt(offset)
                .putLong(expires)
                .array();
    }

    private byte[] mac(byte[] head, Operation.Search search) {
        Operation.Search first = new Operation.Search(
                search.target(),
                search.where(),
                search.order(),
                search.limit(),
                0,
                search.fields(),
                List.of(),
                search.words());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            // The head has a fixed length and canonical JSON is one value, so no two inputs run together.
            return mac.doFinal(
                    CanonicalJson.bytes(new Value.Fields(Map.of("holder", holder, "search", first.canonical()))));
        } catch (NoSuchAlgorithmException | InvalidKeyException broken) {
            throw new IllegalStateException("every Java platform has HmacSHA256", broken);
        }
    }
}
