// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import java.util.List;

/// Which account a record belongs to. The first records of every object belong to the first account, the next to the
/// first account of the second tenant: stories and tests can name them.
final class DemoShare {
    /// Records of the first account in each object, at the low numbers.
    private static final int FIRST_ACCOUNT = 6;

    /// Up to here, records of the second tenant's first account.
    private static final int SECOND_TENANT = 9;

    private static final int SECOND_TENANT_ACCOUNT = 4;

    private final List<DemoAccount> accounts;
    private final DemoChance chance;

    DemoShare(List<DemoAccount> accounts, DemoChance chance) {
        this.accounts = accounts;
        this.chance = chance;
    }

    DemoAccount account(int number) {
        if (number <= FIRST_ACCOUNT) {
            return accounts.getFirst();
        }
        return accounts.get(
                number <= SECOND_TENANT
                        ? SECOND_TENANT_ACCOUNT
                        : chance.random().nextInt(accounts.size()));
    }

    /// Days since the record changed. Of the first account's, the last is old and the others are fresh.
    int daysAgo(int number) {
        if (number < FIRST_ACCOUNT) {
            return 2 + number;
        }
        return number == FIRST_ACCOUNT ? 200 : chance.daysAgo();
    }

    /// A person of the account.
    String contact(DemoAccount account) {
        return DemoChance.id("con", account.first() + chance.random().nextInt(account.contacts()));
    }
}
