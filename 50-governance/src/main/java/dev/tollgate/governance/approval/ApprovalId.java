// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.terms.Require;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Which approval.
///
/// @param value 1 to 256 characters without control characters; ours are 32 hexadecimal digits
public record ApprovalId(String value) {
    public ApprovalId {
        Require.id("approval", value);
    }

    static String random(RandomGenerator random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return value;
    }
}
