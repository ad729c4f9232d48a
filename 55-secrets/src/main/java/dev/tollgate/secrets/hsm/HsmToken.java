// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One token of a PKCS#11 library, logged in. Makes, finds, renames and uses Ed25519 pairs by their labels. Safe for
/// many threads: a signature takes a session of its own for as long as it lasts.
public final class HsmToken implements AutoCloseable {
    private static final long EDWARDS_KEY_TYPE = 0x40;
    private static final long EDWARDS_PAIR_MECHANISM = 0x1055;
    private static final long EDDSA_MECHANISM = 0x1057;
    private static final long PUBLIC_KEY = 2;
    private static final long PRIVATE_KEY = 3;
    private static final long USER = 1;
    private static final long SERIAL_AND_WRITABLE = 6;

    /// The object identifier of Ed25519 (RFC 8410), in DER.
    private static final byte[] ED25519 = {0x06, 0x03, 0x2b, 0x65, 0x70};

    private static final int RAW_BYTES = 32;
    private static final int POINT_BYTES_MAX = 64;
    private static final int SIGNATURE_BYTES = 64;

    /// A slot more than any machine has modules.
    private static final int SLOTS_MAX = 256;

    /// CK_TOKEN_INFO begins with the label, 32 characters padded with blanks; the whole is shorter than this.
    private static final int LABEL_BYTES = 32;

    private static final int INFO_BYTES = 512;

    /// Small modules have few sessions; a signature takes under a millisecond, so few do for many calls.
    private static final int SESSIONS_MAX = 8;

    private static final int SESSION_WAIT_SECONDS = 5;

    private final Cryptoki cryptoki;
    private final long slot;
    private final long main;
    private final ConcurrentLinkedQueue<Long> idle = new ConcurrentLinkedQueue<>();
    private final Semaphore sessions = new Semaphore(SESSIONS_MAX);

    private HsmToken(Cryptoki cryptoki, long slot, long main) {
        this.cryptoki = cryptoki;
        this.slot = slot;
        this.main = main;
    }

    /// Opens the token with a label.
    ///
    /// @throws IllegalArgumentException when the library is none, or has no such token
    /// @throws IllegalStateException    when the token does not take the PIN
    @RevealsSecret("the PIN goes to the token that it belongs to")
    public static HsmToken open(Path library, String label, SecretValue pin) {
        Cryptoki cryptoki = new Cryptoki(library);
        long slot = slot(cryptoki, label);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment session = arena.allocate(JAVA_LONG);
            Cryptoki.ok(cryptoki.openSession(slot, SERIAL_AND_WRITABLE, session));
            byte[] bytes = pin.reveal().getBytes(StandardCharsets.UTF_8);
            MemorySegment secret = arena.allocateFrom(JAVA_BYTE, bytes);
            long said = cryptoki.login(session.get(JAVA_LONG, 0), USER, secret, bytes.length);
            secret.fill((byte) 0);
            Arrays.fill(bytes, (byte) 0);
            if (said != Cryptoki.USER_ALREADY_LOGGED_IN) {
                Cryptoki.ok(said);
            }
            return new HsmToken(cryptoki, slot, session.get(JAVA_LONG, 0));
        }
    }

    private static long slot(Cryptoki cryptoki, String label) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocateFrom(JAVA_LONG, SLOTS_MAX);
            MemorySegment list = arena.allocate(JAVA_LONG, SLOTS_MAX);
            Cryptoki.ok(cryptoki.slots(list, count));
            for (long at = 0; at < count.get(JAVA_LONG, 0); at++) {
                long slot = list.getAtIndex(JAVA_LONG, at);
                MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
                if (cryptoki.tokenInfo(slot, info) == Cryptoki.OK
                        && new String(info.asSlice(0, LABEL_BYTES).toArray(JAVA_BYTE), StandardCharsets.UTF_8)
                                .stripTrailing()
                                .equals(label)) {
                    return slot;
                }
            }
        }
        throw new IllegalArgumentException("the PKCS#11 library has no token `" + label + "`");
    }

    /// An Ed25519 pair of the token.
    ///
    /// @param handle of the private half, in sessions of this token
    /// @param raw    the 32 bytes of the public half
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Pair(long handle, byte[] raw) {}

    /// The pair with a label; nothing when there is none.
    ///
    /// @throws IllegalStateException when the label names several
    synchronized Optional<Pair> find(String label) {
        try (Arena arena = Arena.ofConfined()) {
            Optional<Long> secret = object(arena, PRIVATE_KEY, label);
            Optional<Long> shown = object(arena, PUBLIC_KEY, label);
            if (secret.isEmpty() || shown.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Pair(secret.get(), point(arena, shown.get())));
        }
    }

    private Optional<Long> object(Arena arena, long kind, String label) {
        Template template = new Template(arena)
                .with(Template.CLASS, kind)
                .with(Template.KEY_TYPE, EDWARDS_KEY_TYPE)
                .with(Template.LABEL, label);
        Cryptoki.ok(cryptoki.findInit(main, template.segment(), template.count()));
        MemorySegment found = arena.allocate(JAVA_LONG, 2);
        MemorySegment count = arena.allocate(JAVA_LONG);
        long said = cryptoki.find(main, found, 2, count);
        Cryptoki.ok(cryptoki.findFinal(main));
        Cryptoki.ok(said);
        if (count.get(JAVA_LONG, 0) > 1) {
            throw new IllegalStateException("the PKCS#11 token has several keys `" + label + "`");
        }
        return count.get(JAVA_LONG, 0) == 0 ? Optional.empty() : Optional.of(found.get(JAVA_LONG, 0));
    }

    /// The point comes as an OCTET STRING in DER, from older modules as it is.
    private byte[] point(Arena arena, long object) {
        Template asked = new Template(arena).room(Template.EC_POINT, POINT_BYTES_MAX);
        MemorySegment segment = asked.segment();
        Cryptoki.ok(cryptoki.attributes(main, object, segment, asked.count()));
        byte[] told = asked.told(segment, 0);
        if (told.length < RAW_BYTES) {
            throw new IllegalStateException("the PKCS#11 token's key is not Ed25519");
        }
        return Arrays.copyOfRange(told, told.length - RAW_BYTES, told.length);
    }

    /// Makes a pair that never leaves the token.
    synchronized Pair make(String label) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] id = label.getBytes(StandardCharsets.UTF_8);
            Template shown = new Template(arena)
                    .with(Template.TOKEN, true)
                    .with(Template.LABEL, label)
                    .with(Template.ID, id)
                    .with(Template.VERIFY, true)
                    .with(Template.EC_PARAMS, ED25519);
            Template secret = new Template(arena)
                    .with(Template.TOKEN, true)
                    .with(Template.PRIVATE, true)
                    .with(Template.SENSITIVE, true)
                    .with(Template.EXTRACTABLE, false)
                    .with(Template.LABEL, label)
                    .with(Template.ID, id)
                    .with(Template.SIGN, true);
            MemorySegment made = arena.allocate(JAVA_LONG, 2);
            Cryptoki.ok(cryptoki.generatePair(main, mechanism(arena, EDWARDS_PAIR_MECHANISM), shown, secret, made));
            return new Pair(made.getAtIndex(JAVA_LONG, 1), point(arena, made.getAtIndex(JAVA_LONG, 0)));
        }
    }

    /// Gives a pair another label.
    synchronized void rename(String from, String to) {
        try (Arena arena = Arena.ofConfined()) {
            for (long kind : new long[] {PRIVATE_KEY, PUBLIC_KEY}) {
                Optional<Long> object = object(arena, kind, from);
                Template label = new Template(arena).with(Template.LABEL, to);
                object.ifPresent(one -> Cryptoki.ok(cryptoki.setAttributes(main, one, label.segment(), label.count())));
            }
        }
    }

    /// The 64-byte signature of `message`.
    byte[] sign(long key, byte[] message) {
        if (!acquired()) {
            throw new IllegalStateException("the PKCS#11 token has no session free");
        }
        try {
            return signed(key, message);
        } catch (Cryptoki.TokenFailure lost) {
            if (!Cryptoki.SESSION_LOST.contains(lost.code())) {
                throw lost;
            }
            idle.clear();
            return signed(key, message);
        } finally {
            sessions.release();
        }
    }

    private boolean acquired() {
        try {
            return sessions.tryAcquire(SESSION_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private byte[] signed(long key, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            long session = session(arena);
            Cryptoki.ok(cryptoki.signInit(session, mechanism(arena, EDDSA_MECHANISM), key));
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, message);
            MemorySegment signature = arena.allocate(SIGNATURE_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, SIGNATURE_BYTES);
            Cryptoki.ok(cryptoki.sign(session, data, message.length, signature, length));
            if (length.get(JAVA_LONG, 0) != SIGNATURE_BYTES) {
                throw new IllegalStateException("the PKCS#11 token's signature is not Ed25519");
            }
            idle.add(session);
            return signature.toArray(JAVA_BYTE);
        }
    }

    private long session(Arena arena) {
        Long kept = idle.poll();
        if (kept != null) {
            return kept;
        }
        MemorySegment session = arena.allocate(JAVA_LONG);
        Cryptoki.ok(cryptoki.openSession(slot, SERIAL_AND_WRITABLE, session));
        return session.get(JAVA_LONG, 0);
    }

    /// CK_MECHANISM without a parameter: Ed25519 itself, neither prehashed nor with a context.
    private static MemorySegment mechanism(Arena arena, long mechanism) {
        MemorySegment segment = arena.allocate(3L * Long.BYTES, Long.BYTES);
        segment.set(JAVA_LONG, 0, mechanism);
        return segment;
    }

    @Override
    public void close() {
        for (Long session = idle.poll(); session != null; session = idle.poll()) {
            cryptoki.closeSession(session);
        }
        cryptoki.closeSession(main);
    }
}
