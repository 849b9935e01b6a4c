-- By which silence nobody was told of an alert; null where it was its rule's own, and where somebody was told.
alter table laneway.alerts add column silenced_by text;
