// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The leaves and roots that Certificate Transparency implementations share.
class TreeVectorsTest {
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void roots_are_those_of_rfc_6962() {
        // Given
        RightEdge edge = new RightEdge();
        List<String> roots = new ArrayList<>(List.of(HexFormat.of().formatHex(edge.root())));

        // When
        for (String leaf : LEAVES) {
            edge.append(new TreeHash().leaf(HexFormat.of().parseHex(leaf)), (_, _, _) -> {});
            roots.add(HexFormat.of().formatHex(edge.root()));
        }

        // Then
        assertThat(roots).isEqualTo(ROOTS);
    }

    @Test
    void the_right_edge_goes_through_a_header_and_on() {
        // Given a tree of two levels of tiles
        RightEdge edge = new RightEdge();
        TreeHash hash = new TreeHash();
        for (int at = 0; at < 70_000; at++) {
            edge.append(hash.leaf(ByteBuffer.allocate(4).putInt(at).array()), (_, _, _) -> {});
        }
        ByteBuffer header = SegmentFormat.header(edge, 7, "a note".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        RightEdge read = RightEdge.read(70_000, header.duplicate().position(4 << 10));

        // When both go on
        byte[] leaf = hash.leaf(new byte[] {1});
        edge.append(leaf, (_, _, _) -> {});
        read.append(leaf, (_, _, _) -> {});

        // Then
        assertThat(SignedNote.digest(read.root())).isEqualTo(SignedNote.digest(edge.root()));
        assertThat(List.of(read.width(0), read.width(1), read.width(2))).isEqualTo(List.of(113, 17, 1));
    }

    @Test
    void tiles_lie_where_c2sp_says() {
        assertThat(new TilePaths(java.nio.file.Path.of("log")).tile(1, 1_234_067))
                .hasToString("log/tile/1/x001/x234/067");
        assertThat(TilePaths.partial(new TilePaths(java.nio.file.Path.of("log")).bundle(5), 12))
                .hasToString("log/tile/entries/005.p/12");
        assertThat(new TilePaths(java.nio.file.Path.of("log")).tile(0, 1_000)).hasToString("log/tile/0/x001/000");
    }

    @Test
    void the_empty_tree_has_the_hash_of_nothing() {
        assertThat(SignedNote.digest(new RightEdge().root())).isEqualTo(Digest.of(new byte[0]));
    }
}
