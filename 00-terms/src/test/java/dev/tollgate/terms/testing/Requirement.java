// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The requirement ids of docs/requirements.tsv that a test proves. `make requirements` counts them
/// only when every run of the test method passed in the last `make test`.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requirement {
    /// Ids such as `S1-12`.
    String[] value();
}
