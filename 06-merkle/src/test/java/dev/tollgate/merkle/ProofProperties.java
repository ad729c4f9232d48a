// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.merkle.verify.ProofCheck;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Proofs of the writer, checked by the verifier, which shares no code with it.
class ProofProperties {
    private static final int SIZE_MAX = 300;

    private final List<Digest> leaves = new ArrayList<>();
    private final List<Digest> roots = new ArrayList<>();
    private final Proofs proofs;

    ProofProperties() {
        RightEdge edge = new RightEdge();
        List<byte[]> hashes = new ArrayList<>();
        roots.add(SignedNote.digest(edge.root()));
        for (int at = 0; at < SIZE_MAX; at++) {
            byte[] leaf = new TreeHash().leaf(new byte[] {(byte) at, (byte) (at >> 8)});
            hashes.add(leaf);
            leaves.add(SignedNote.digest(leaf));
            edge.append(leaf, (_, _, _) -> {});
            roots.add(SignedNote.digest(edge.root()));
        }
        proofs = new Proofs((height, number) ->
                new TreeHash().perfect(hashes.toArray(new byte[0][]), (int) (number << height), 1 << height));
    }

    @Test
    void every_inclusion_proof_of_every_size_holds() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int index = 0; index < size; index++) {
                assertThat(ProofCheck.inclusion(
                                leaves.get(index), index, size, proofs.inclusion(index, size), roots.get(size)))
                        .as("index %d of %d", index, size)
                        .isTrue();
            }
        }
    }

    @Test
    void every_consistency_proof_of_every_size_holds() {
        for (int newer = 0; newer <= SIZE_MAX; newer++) {
            for (int older = 0; older <= newer; older++) {
                assertThat(ProofCheck.consistency(
                                older, roots.get(older), newer, roots.get(newer), proofs.consistency(older, newer)))
                        .as("%d to %d", older, newer)
                        .isTrue();
            }
        }
    }

    private record Case(int index, int size, RandomGenerator random) {}

    @Test
    void a_changed_inclusion_proof_is_refused() {
        Property.forAll(this::anyCase, at -> {
            List<Digest> path = proofs.inclusion(at.index(), at.size());
            Digest root = roots.get(at.size());
            Digest leaf = leaves.get(at.index());

            assertThat(ProofCheck.inclusion(leaf, at.index(), at.size(), changed(path, at.random()), root))
                    .isFalse();
            assertThat(ProofCheck.inclusion(leaf, at.index(), at.size(), path, roots.get(at.size() - 1)))
                    .isFalse();
            int other = (at.index() + 1) % at.size();
            assertThat(other != at.index() && ProofCheck.inclusion(leaf, other, at.size(), path, root))
                    .isFalse();
            assertThat(ProofCheck.inclusion(leaf, at.size(), at.size(), path, root))
                    .isFalse();
            assertThat(ProofCheck.inclusion(leaf, -1, at.size(), path, root)).isFalse();
        });
    }

    @Test
    void a_changed_consistency_proof_is_refused() {
        Property.forAll(this::anyCase, at -> {
            int older = Math.max(1, at.index());
            List<Digest> path = proofs.consistency(older, at.size());
            Digest before = roots.get(older);
            Digest after = roots.get(at.size());
            if (older == at.size()) {
                return;
            }

            assertThat(ProofCheck.consistency(older, before, at.size(), after, changed(path, at.random())))
                    .isFalse();
            assertThat(ProofCheck.consistency(older, after, at.size(), after, path))
                    .isFalse();
            assertThat(ProofCheck.consistency(older, before, at.size(), before, path))
                    .isFalse();
            assertThat(ProofCheck.consistency(at.size(), after, older, before, path))
                    .isFalse();
        });
    }

    private Case anyCase(RandomGenerator random) {
        int size = random.nextInt(2, SIZE_MAX + 1);
        return new Case(random.nextInt(size), size, random);
    }

    /// A proof with a hash changed, missing, doubled or added.
    private static List<Digest> changed(List<Digest> path, RandomGenerator random) {
        List<Digest> changed = new ArrayList<>(path);
        Digest other = Digest.of(new byte[] {(byte) random.nextInt()});
        int at = path.isEmpty() ? 0 : random.nextInt(path.size());
        switch (path.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> changed.add(at, other);
            case 1 -> changed.set(at, other);
            case 2 -> changed.remove(at);
            default -> changed.add(path.get(at));
        }
        return changed;
    }
}
