# Counts what the job's table says of Online Retail, with none of Lifestage's code:
#   zcat -f online_retail.csv.gz | python3 deploy/online-retail-count.py
import collections, csv, decimal, sys
total, buyer = collections.Counter(), {}
for row in csv.DictReader(sys.stdin):
    invoice, pieces = row['InvoiceNo'], int(row['Quantity'])
    if invoice[0] == 'C' or (pieces > 0 and invoice[0] != 'A'):  # neither stock nor debt adjustments
        total[invoice] += abs(pieces) * decimal.Decimal(row['UnitPrice'])
        buyer[invoice] = row['CustomerID']
pence = {n: int((t * 100).quantize(1, decimal.ROUND_HALF_UP)) for n, t in total.items()}
orders, back = [n for n in pence if n[0] != 'C'], [n for n in pence if n[0] == 'C']
times = collections.Counter(buyer[n] for n in orders if buyer[n])
print('customers', len(set(buyer.values()) - {''}), 'of guests', sum(not buyer[n] for n in pence))
print('orders', len(orders), 'cancellations', len(back), 'repeat buyers', sum(n > 1 for n in times.values()))
print('revenue', sum(pence[n] for n in orders), 'given back', sum(pence[n] for n in back))
