// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents on their way, encrypted in the store (requirements S0-28, S0-29). Each has a key of its own, wrapped by a
/// key of its holder, which is wrapped by the house's; both are random. A document that was delivered, or whose time is
/// over, loses its key, and a holder that holds nothing loses its own, as does one that a kill switch stops. Whoever is
/// not the holder is told that there is nothing. Safe for many threads.
public final class Artifacts {
    /// A document is delivered in the task that made it: a day is an upper bound, whatever a contract says.
    public static final Duration LIFE_MAX = Duration.ofDays(1);

    /// Letters of one document: some twenty pages.
    public static final int CHARS_MAX = 65_536;

    /// Documents that one holder has at a time: a task that makes more goes round in a circle.
    public static final int HELD_MAX = 16;

    /// Who holds documents, and what ends that at once.
    ///
    /// @param id   a digest
    /// @param ends scopes of kill switches, for example `agent sales-copilot`
    public record Holder(String id, List<String> ends) {
        public Holder {
            ends = List.copyOf(ends);
        }
    }

    /// What is kept.
    ///
    /// @param labels of what it was made of; they cannot be changed without its key
    public record Document(String text, List<String> labels) {
        public Document {
            labels = List.copyOf(labels);
        }

        /// Its text is customer data.
        @Override
        public String toString() {
            return "Document" + labels;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Artifacts.class);
    private static final String PREFIX = "doc_";
    private static final String BETWEEN = "\n";
    private static final int ID_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FORGET_MAX = 1_000;
    private static final String ENDED =
            "select id from artifact where ends_at <= ? order by ends_at limit " + FORGET_MAX;
    private static final String ALONE = "delete from artifact_holder where holder not in (select holder from artifact)";
    private static final String UNHELD =
            "delete from artifact_end where holder not in (select holder from artifact_holder)";

    /// The scope that stops everything.
    private static final String ALL = "all";

    private final Store store;
    private final SecretKey house;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param house  wraps the keys of holders; the same for every node
    /// @param random makes keys, nonces and ids
    public Artifacts(Store store, SecretKey house, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.house = new SecretKeySpec(house.getEncoded(), "AES");
        this.clock = clock;
        this.random = random;
    }

    /// Keeps a document for its holder. Refuses with `Malformed` what is too long or one too many, and with
    /// `Undecidable` when it cannot be written.
    ///
    /// @param holder who may send it on
    /// @param until  when it ends, at most a day from now
    /// @return its id
    public Step<String> keep(Holder holder, Document document, Instant until) {
        if (document.text().length() > CHARS_MAX) {
            return Step.refuse(malformed("a document has at most " + CHARS_MAX + " characters"));
        }
        Instant latest = clock.instant().plus(LIFE_MAX);
        Instant ends = until.isBefore(latest) ? until : latest;
        String id = PREFIX + HexFormat.of().formatHex(bytes(ID_BYTES));
        byte[] key = bytes(KEY_BYTES);
        String labels = String.join(BETWEEN, document.labels());
        byte[] content =
                sealed(key(key), document.text().getBytes(StandardCharsets.UTF_8), bound(holder.id(), id, labels));
        try {
            boolean kept = store.write(session -> {
                session.lock("artifacts " + holder.id());
                long held = session.query("select count(*) as held from artifact where holder = ?", holder.id())
                        .getFirst()
                        .number("held");
                if (held >= HELD_MAX) {
                    return false;
                }
                byte[] wrapped = sealed(holderKey(session, holder.id()), key, id);
                holder.ends()
                        .forEach(scope -> session.update(
                                "insert into artifact_end (holder, scope) values (?, ?) on conflict do nothing",
                                holder.id(),
                                digest(scope)));
                return session.update(
                                "insert into artifact (id, holder, wrapped, content, labels, ends_at)"
                                        + " values (?, ?, ?, ?, ?, ?)",
                                id,
                                holder.id(),
                                wrapped,
                                content,
                                labels,
                                ends)
                        == 1;
            });
            return kept ? Step.pass(id) : Step.refuse(malformed("a task holds at most " + HELD_MAX + " documents"));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("a document cannot be kept");
            return Step.refuse(new Refusal.Undecidable("documents cannot be kept now"));
        }
    }

    /// What a document's text belongs to: with another holder, id or label it does not open.
    private static String bound(String holder, String id, String labels) {
        return holder + " " + id + (labels.isEmpty() ? "" : " " + labels);
    }

    private static String digest(String scope) {
        return Digest.of(scope.getBytes(StandardCharsets.UTF_8)).text();
    }

    private static Refusal malformed(String why) {
        return new Refusal.Malformed(List.of(why));
    }

    private SecretKey holderKey(Store.Session session, String holder) {
        Optional<SecretKey> known = heldKey(session, holder);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] fresh = bytes(KEY_BYTES);
        session.update(
                "insert into artifact_holder (holder, wrapped) values (?, ?)", holder, sealed(house, fresh, holder));
        return key(fresh);
    }

    private Optional<SecretKey> heldKey(Store.Session session, String holder) {
        return session.one("select wrapped from artifact_holder where holder = ?", holder)
                .map(row -> key(opened(house, row.bytes("wrapped"), holder)));
    }

    /// A document. Refuses with `NotFound` when this holder has no such document, which is also the answer
    /// when somebody else has it, when it was delivered and when its time is over.
    public Step<Document> open(String holder, String id) {
        Instant now = clock.instant();
        try {
            Optional<Document> document = store.read(session -> session.one(
                            "select wrapped, content, labels from artifact"
                                    + " where id = ? and holder = ? and ends_at > ?",
                            id,
                            holder,
                            now)
                    .flatMap(row -> heldKey(session, holder).map(held -> {
                        SecretKey own = key(opened(held, row.bytes("wrapped"), id));
                        String labels = row.text("labels");
                        byte[] plain = opened(own, row.bytes("content"), bound(holder, id, labels));
                        return new Document(
                                new String(plain, StandardCharsets.UTF_8),
                                labels.isEmpty() ? List.of() : List.of(labels.split(BETWEEN, -1)));
                    })));
            return document.map(Step::pass).orElseGet(() -> Step.refuse(new Refusal.NotFound()));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("a document cannot be read");
            return Step.refuse(new Refusal.Undecidable("documents cannot be read now"));
        }
    }

    /// Takes a document's key away: it was delivered. The holder's goes with its last document. Where the store cannot
    /// be written, the document's time ends by itself.
    ///
    /// @return whether there was one, and its key is gone
    public boolean revoke(String holder, RecordId id) {
        try {
            return store.write(session -> {
                int gone = session.update("delete from artifact where id = ? and holder = ?", id.value(), holder);
                session.update(
                        "delete from artifact_holder where holder = ? and not exists"
                                + " (select 1 from artifact where artifact.holder = artifact_holder.holder)",
                        holder);
                session.update(UNHELD);
                return gone == 1;
            });
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("a delivered document could not be taken away");
            return false;
        }
    }

    /// Takes away the keys of all documents of whom a kill switch stops, in the transaction that switches it: nothing
    /// brings them back, not even letting the agent go on.
    ///
    /// @param scope of the switch, for example `tenant acme`, or `all`
    /// @return how many there were
    public static int destroy(Store.Session session, String scope) {
        if (scope.equals(ALL)) {
            session.update("delete from artifact_end");
            session.update("delete from artifact_holder");
            return session.update("delete from artifact");
        }
        String among = " where holder in (select holder from artifact_end where scope = ?)";
        session.update("delete from artifact_holder" + among, digest(scope));
        int gone = session.update("delete from artifact" + among, digest(scope));
        session.update(UNHELD);
        return gone;
    }

    /// Takes away the keys of documents whose time is over, up to 1,000. Call it now and then.
    ///
    /// @return how many there were
    public int forget() {
        Instant now = clock.instant();
        return store.write(session -> {
            int gone = session.update("delete from artifact where id in (" + ENDED + ")", now);
            if (gone > 0) {
                session.update(ALONE);
                session.update(UNHELD);
            }
            return gone;
        });
    }

    private byte[] bytes(int many) {
        byte[] bytes = new byte[many];
        random.nextBytes(bytes);
        return bytes;
    }

    private static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    /// AES-256-GCM (NIST SP 800-38D), the nonce before the ciphertext.
    ///
    /// @param bound what it belongs to: elsewhere it does not open
    private byte[] sealed(SecretKey key, byte[] plain, String bound) {
        byte[] nonce = bytes(NONCE_BYTES);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, plain, bound);
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private static byte[] opened(SecretKey key, byte[] sealed, String bound) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return crypt(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length), bound);
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, byte[] from, String bound) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(from);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a document does not open with its key", broken);
        }
    }

    @Override
    public String toString() {
        return "Artifacts[***]";
    }
}
