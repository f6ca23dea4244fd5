"""From a built ledger to production: who may do what there, and what is changed."""
