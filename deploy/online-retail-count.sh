#!/usr/bin/env bash
# Counts from the Online Retail CSV (plain or gzipped) what the job's table says of it, without any
# of Lifestage's code. An amount is rounded once for each invoice, half away from zero, to pence.
set -euo pipefail
python3 - "${1:?usage: $0 FILE}" <<'PYTHON'
import collections, csv, decimal, gzip, sys
read = gzip.open if open(sys.argv[1], 'rb').read(2) == b'\x1f\x8b' else open
total, buyer = collections.Counter(), {}
for row in csv.DictReader(read(sys.argv[1], 'rt', encoding='utf-8-sig', newline='')):
    number, pieces = row['InvoiceNo'], int(row['Quantity'])
    if number[0] == 'C' or (pieces > 0 and number[0] != 'A'):
        total[number] += abs(pieces) * decimal.Decimal(row['UnitPrice'])
        buyer[number] = row['CustomerID']
pence = {n: int((t * 100).quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP)) for n, t in total.items()}
orders, back = [n for n in pence if n[0] != 'C'], [n for n in pence if n[0] == 'C']
times = collections.Counter(buyer[n] for n in orders if buyer[n])
print('customers', len(set(buyer.values()) - {''}), 'guest orders', sum(not buyer[n] for n in pence))
print('orders', len(orders), 'cancellations', len(back), 'repeat buyers', sum(c > 1 for c in times.values()))
print('revenue', sum(pence[n] for n in orders), 'given back', sum(pence[n] for n in back))
PYTHON
